package dev.codingplans.plugin.cli;

import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code sweep}: handles all that is due, now. */
@Command(description = "Renews and ends all that is due, and answers when it is done.")
final class SweepCommand extends GatewayCommand {

  /** After a long outage there is much. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  SweepCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Duration patience() {
    return PATIENCE;
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    var report = gateway.post("/admin/api/billing/sweep");
    printer.document(report);
    return report.path("errors").asLong() == 0 ? DONE : FAILED;
  }
}
