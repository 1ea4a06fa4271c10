package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.dollars;
import static dev.codingplans.plugin.cli.Column.text;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code usage}: what is not charged because it cannot be right. */
@Command(description = "Lists usage that is not charged because it cannot be right.")
final class UsageCommand extends ListCommand {

  UsageCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/admin/api/usage/quarantine";
  }

  @Override
  Filters filters() {
    return new Filters();
  }

  @Override
  List<Column> columns() {
    return List.of(
        text("AT", "quarantinedAt"),
        text("USER", "userId"),
        text("EVENT", "eventId"),
        text("CATEGORY", "appliesTo"),
        text("AMOUNT", "amount"),
        dollars("LIST COST USD", "listCostMicrodollars"),
        text("USED", "occurredAt"),
        text("WHY", "reason"));
  }
}
