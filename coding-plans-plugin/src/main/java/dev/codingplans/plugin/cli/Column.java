package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A column of a table.
 *
 * @param title what stands above it
 * @param field the field of each item that it shows
 */
record Column(String title, String field, Cell cell) {

  static Column text(String title, String field) {
    return new Column(title, field, Cell.TEXT);
  }

  static Column dollars(String title, String field) {
    return new Column(title, field, Cell.DOLLARS);
  }

  static Column count(String title, String field) {
    return new Column(title, field, Cell.COUNT);
  }

  String print(JsonNode item) {
    return cell.print(item.path(field));
  }

  /** Figures stand below each other by their last digit. */
  boolean isFigure(JsonNode item) {
    return cell != Cell.TEXT || item.path(field).isNumber();
  }
}
