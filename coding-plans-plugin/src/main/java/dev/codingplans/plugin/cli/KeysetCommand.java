package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.vault.Keyset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code keyset}: prints a fresh keyset. That is the one command whose purpose is to show keys. */
@Command(
    mixinStandardHelpOptions = true,
    description = "Prints a fresh keyset for CODING_PLANS_KEYSET, or changes one.")
final class KeysetCommand implements Callable<Integer> {

  private final Terminal terminal;

  KeysetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().println(Keyset.generate().toJson());
    return GatewayCommand.DONE;
  }
}
