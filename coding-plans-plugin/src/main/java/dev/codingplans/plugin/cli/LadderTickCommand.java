package dev.codingplans.plugin.cli;

import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code ladder-tick}: tells whose step of the discount ladder has changed, now. */
@Command(description = "Tells whose discount has changed, and answers when it is done.")
final class LadderTickCommand extends GatewayCommand {

  /** It looks at every account. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  LadderTickCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  Duration patience() {
    return PATIENCE;
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    printer.document(gateway.post("/admin/api/discount-ladder/tick"));
    return DONE;
  }
}
