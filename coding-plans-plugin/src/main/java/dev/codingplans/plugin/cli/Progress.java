package dev.codingplans.plugin.cli;

import java.io.PrintStream;

/** Tells how far something is: as a bar that a person watches, or as lines in a log. */
final class Progress {

  private static final int BAR = 30;
  private static final int PARTS = 10;

  private final PrintStream out;
  private final boolean asBar;
  private final String what;
  private long lastPart = -1;
  private boolean isOpen;

  /**
   * Starts with nothing shown.
   *
   * @param what the things that are counted
   */
  Progress(PrintStream out, boolean asBar, String what) {
    this.out = out;
    this.asBar = asBar;
    this.what = what;
  }

  void show(long done, long total) {
    if (total <= 0) {
      return;
    }
    var part = Math.min(done, total) * PARTS / total;
    if (asBar) {
      out.print("\r" + bar(done, total) + " " + what);
      out.flush();
      isOpen = true;
    } else if (part > lastPart) {
      // A tenth at a time: a log is read later.
      lastPart = part;
      out.println(done + " of " + total + " " + what);
    }
  }

  /** Lets what is printed next start on a line of its own. */
  void end() {
    if (isOpen) {
      out.println();
      isOpen = false;
    }
  }

  static String bar(long done, long total) {
    var filled = (int) (Math.min(done, total) * BAR / total);
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + done + "/" + total;
  }
}
