package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.cli.Failure.Kind;
import picocli.CommandLine.Command;

/** {@code credits}: users' balances. */
@Command(mixinStandardHelpOptions = true, description = "Changes users' balances.")
final class CreditsCommand implements Runnable {

  @Override
  public void run() {
    throw new Failure(Kind.MISUSE, "What about credits? --help lists what there is.");
  }
}
