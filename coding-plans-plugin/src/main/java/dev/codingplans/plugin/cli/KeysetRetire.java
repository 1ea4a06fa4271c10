package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.Keyset.RefusedChangeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keyset retire}: the last step of a rotation. */
@Command(
    description = {
      "Removes a key from a keyset. What is still encrypted under it is lost:",
      "`rotate --status` shows which keys are in use."
    })
final class KeysetRetire extends KeysetChange {

  @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
  private String key = "";

  KeysetRetire(Terminal terminal) {
    super(terminal);
  }

  @Override
  Keyset change(Keyset keyset) throws RefusedChangeException {
    return keyset.retired(id(key));
  }

  @Override
  String next() {
    return "Keep a copy of the old keyset as long as there are backups under it.";
  }
}
