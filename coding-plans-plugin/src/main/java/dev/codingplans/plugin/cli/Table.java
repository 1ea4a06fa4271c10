package dev.codingplans.plugin.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lines with columns that stand below each other. */
final class Table {

  private static final String GAP = "  ";

  private Table() {}

  /** Returns a line of titles and a line for each item. */
  static List<String> of(List<Column> columns, List<JsonNode> items) {
    var titles = columns.stream().map(Column::title).toList();
    var rows =
        items.stream().map(item -> columns.stream().map(c -> c.print(item)).toList()).toList();
    var right =
        columns.stream()
            .map(column -> !items.isEmpty() && items.stream().anyMatch(column::isFigure))
            .toList();
    return aligned(Stream.concat(Stream.of(titles), rows.stream()).toList(), right);
  }

  /** Returns a line for each field of a document: its name and its value. */
  static List<String> of(JsonNode document) {
    var rows =
        document.properties().stream()
            .map(
                field -> List.of(Cell.printable(field.getKey()), Cell.TEXT.print(field.getValue())))
            .toList();
    return aligned(rows, List.of(false, false));
  }

  private static List<String> aligned(List<List<String>> rows, List<Boolean> right) {
    var widths =
        IntStream.range(0, right.size())
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, widths.length)
                    .mapToObj(column -> padded(row.get(column), widths[column], right.get(column)))
                    .collect(joining(GAP))
                    .stripTrailing())
        .toList();
  }

  private static String padded(String text, int width, boolean right) {
    var padding = " ".repeat(width - width(text));
    return right ? padding + text : text + padding;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
