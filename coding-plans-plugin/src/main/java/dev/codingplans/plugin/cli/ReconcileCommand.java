package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.count;
import static dev.codingplans.plugin.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code reconcile}: proves that the books are right (L3), and fails if they are not. */
@Command(description = "Checks every invariant of the books; exit code 1 if one is violated.")
final class ReconcileCommand extends GatewayCommand {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final List<Column> COLUMNS =
      List.of(text("CHECK", "name"), text("OK", "ok"), count("VIOLATIONS", "violations"));

  ReconcileCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Duration patience() {
    return PATIENCE;
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    var report = gateway.get("/admin/api/reconciliation");
    var checks = new ArrayList<JsonNode>();
    report.path("checks").forEach(checks::add);
    printer.summary(report, COLUMNS, checks);
    checks.forEach(check -> note(check, printer));
    return report.path("ok").asBoolean() ? DONE : FAILED;
  }

  private static void note(JsonNode check, Printer printer) {
    check
        .path("violations")
        .forEach(
            row -> printer.note(Cell.TEXT.print(check.path("name")) + ": " + Cell.TEXT.print(row)));
  }
}
