package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.text;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** How an upload went, line by line; keys are never part of it (I3). */
record UploadReport(List<JsonNode> lines) {

  private static final Set<String> GOOD = Set.of("stored", "unverified", "verified");

  static final List<Column> COLUMNS = List.of(text("LINE", "line"), text("OUTCOME", "outcome"));

  static UploadReport of(JsonNode upload) {
    return new UploadReport(
        StreamSupport.stream(upload.path("results").spliterator(), false).toList());
  }

  /** Returns the lines that somebody has to look at. */
  List<JsonNode> bad() {
    return lines.stream().filter(line -> !GOOD.contains(outcome(line))).toList();
  }

  boolean hasUnverified() {
    return lines.stream().anyMatch(line -> outcome(line).equals("unverified"));
  }

  /** Returns how many lines had which outcome. */
  String summary() {
    return lines.stream()
        .collect(groupingBy(UploadReport::outcome, TreeMap::new, counting()))
        .entrySet()
        .stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(joining(", "));
  }

  private static String outcome(JsonNode line) {
    return Cell.TEXT.print(line.path("outcome"));
  }
}
