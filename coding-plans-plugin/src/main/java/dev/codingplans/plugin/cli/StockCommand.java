package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.text;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code stock}: how many credentials there are, by plan and status. */
@Command(description = "Counts credentials by provider, plan and status.")
final class StockCommand extends ListCommand {

  StockCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/admin/api/inventory";
  }

  @Override
  Filters filters() {
    return new Filters();
  }

  @Override
  List<Column> columns() {
    return List.of(
        text("PROVIDER", "providerId"),
        text("PLAN", "planId"),
        text("STATUS", "status"),
        text("COUNT", "count"));
  }
}
