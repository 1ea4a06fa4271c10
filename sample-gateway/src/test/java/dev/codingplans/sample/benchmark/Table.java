package dev.codingplans.sample.benchmark;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown: its first column is text, the others are figures. */
final class Table {

  private final List<String> lines = new ArrayList<>();

  Table(String title, String... columns) {
    lines.add("**" + title + "**\n");
    row(columns);
    lines.add("|---|" + "---:|".repeat(columns.length - 1));
  }

  Table row(String... cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
    return this;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
