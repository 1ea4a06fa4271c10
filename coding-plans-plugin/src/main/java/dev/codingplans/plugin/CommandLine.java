package dev.codingplans.plugin;

import dev.codingplans.plugin.cli.Commands;
import dev.codingplans.plugin.cli.Terminal;
import java.util.List;

/**
 * What an operator runs from the jar itself. It needs nothing of a host, so it uses nothing of the
 * contract.
 */
public final class CommandLine {

  private CommandLine() {}

  public static void main(String[] arguments) {
    System.exit(Commands.run(List.of(arguments), Terminal.ofProcess()));
  }
}
