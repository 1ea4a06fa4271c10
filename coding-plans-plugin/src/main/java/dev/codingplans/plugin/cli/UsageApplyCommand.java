package dev.codingplans.plugin.cli;

import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code usage apply}: charges all usage that was accepted, now. */
@Command(description = "Charges all usage that was accepted, and answers when it is done.")
final class UsageApplyCommand extends GatewayCommand {

  /** After a long outage there is much. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  UsageApplyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Duration patience() {
    return PATIENCE;
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    var report = gateway.post("/admin/api/usage/apply");
    printer.document(report);
    return report.path("errors").asLong() == 0 ? DONE : FAILED;
  }
}
