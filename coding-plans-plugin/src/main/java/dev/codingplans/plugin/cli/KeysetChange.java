package dev.codingplans.plugin.cli;

import static java.util.stream.Collectors.joining;

import dev.codingplans.plugin.cli.Failure.Kind;
import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.Keyset.MalformedKeysetException;
import dev.codingplans.plugin.vault.Keyset.RefusedChangeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A change of a keyset: of a file, in place, or of one that comes in and goes out (I6). */
@Command(mixinStandardHelpOptions = true)
abstract class KeysetChange implements Callable<Integer> {

  private static final int MAX_BYTES = 1024 * 1024;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The keyset's file, changed in place; otherwise standard input and output.")
  private @Nullable Path file;

  private final Terminal terminal;

  KeysetChange(Terminal terminal) {
    this.terminal = terminal;
  }

  abstract Keyset change(Keyset keyset) throws RefusedChangeException;

  /** What the operator does next. */
  abstract String next();

  @Override
  public final Integer call() {
    if (file == null) {
      var changed = changed(standardInput());
      terminal.out().println(changed.toJson());
      report(changed);
    } else {
      var keysetFile = KeysetFile.open(file);
      var changed = changed(keysetFile.read());
      keysetFile.replace(changed.toJson());
      report(changed);
    }
    return GatewayCommand.DONE;
  }

  private Keyset changed(String json) {
    try {
      return change(Keyset.parse(json));
    } catch (MalformedKeysetException e) {
      throw new Failure(Kind.MISUSE, "That is no keyset; `keyset` prints one.");
    } catch (RefusedChangeException e) {
      throw new Failure(Kind.REFUSED, "The keyset is as it was: " + e.getMessage() + ".");
    }
  }

  private String standardInput() {
    try {
      return new String(terminal.in().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure(Kind.MISUSE, "The standard input cannot be read.");
    }
  }

  private void report(Keyset keyset) {
    terminal.err().println("Keys, oldest first: " + ids(keyset) + ". " + next());
  }

  private static String ids(Keyset keyset) {
    return keyset.keyIds().stream()
        .map(id -> id.equals(keyset.primaryKeyId()) ? id + " (encrypts)" : id.toString())
        .collect(joining(", "));
  }

  /** Reads a key's number as it is shown. */
  static KeyId id(String text) {
    try {
      return KeyId.parse(text);
    } catch (NumberFormatException e) {
      throw new Failure(Kind.MISUSE, "--key must be the number of a key.");
    }
  }
}
