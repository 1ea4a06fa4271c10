package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.vault.Keyset;
import picocli.CommandLine.Command;

/** {@code keyset add}: the first step of a rotation. */
@Command(description = "Adds a key to a keyset, which only decrypts until it is promoted.")
final class KeysetAdd extends KeysetChange {

  KeysetAdd(Terminal terminal) {
    super(terminal);
  }

  @Override
  Keyset change(Keyset keyset) {
    return keyset.withFreshKey();
  }

  @Override
  String next() {
    return "Give this keyset to every node, and only then `keyset promote` it.";
  }
}
