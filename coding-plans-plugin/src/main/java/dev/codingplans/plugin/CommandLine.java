package dev.codingplans.plugin;

import dev.codingplans.plugin.vault.Keyset;
import java.io.PrintStream;
import java.util.List;

/**
 * What an operator runs from the jar itself. It needs nothing of a host, so it uses nothing of the
 * contract.
 */
public final class CommandLine {

  private static final int USAGE_ERROR = 2;

  private CommandLine() {}

  public static void main(String[] arguments) {
    // A command prints its result where a pipe takes it up.
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.equals(List.of("keyset"))) {
      out.println(Keyset.generate().toJson());
      return 0;
    }
    err.println("usage: keyset    prints a fresh keyset for CODING_PLANS_KEYSET");
    return USAGE_ERROR;
  }
}
