package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.Keyset.RefusedChangeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keyset promote}: the second step of a rotation. */
@Command(description = "Lets the newest key, or another one, encrypt from now on.")
final class KeysetPromote extends KeysetChange {

  @Option(names = "--key", paramLabel = "ID", description = "The key; otherwise the newest.")
  private @Nullable String key;

  KeysetPromote(Terminal terminal) {
    super(terminal);
  }

  @Override
  Keyset change(Keyset keyset) throws RefusedChangeException {
    return key == null ? keyset.promoted() : keyset.promoted(id(key));
  }

  @Override
  String next() {
    return "Give this keyset to every node, and then `rotate`.";
  }
}
