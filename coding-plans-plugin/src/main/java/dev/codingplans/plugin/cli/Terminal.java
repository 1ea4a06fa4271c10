package dev.codingplans.plugin.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command reads and prints, and the variables it was started with.
 *
 * @param isWatched whether a person looks on, and not the next program of a pipe
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> variables,
    boolean isWatched) {

  /** Returns the terminal of this process. */
  @SuppressWarnings("SystemOut") // A command prints its result where a pipe takes it up.
  public static Terminal ofProcess() {
    return new Terminal(System.in, System.out, System.err, System.getenv(), Ansi.AUTO.enabled());
  }

  /** Leaves the variables out: one is a token. */
  @Override
  public String toString() {
    return isWatched ? "a terminal" : "a pipe";
  }
}
