package dev.codingplans.plugin.cli;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code subscriptions get}: one of them, with all that is known of it. */
@Command(description = "Shows a subscription.")
final class SubscriptionsGet extends GatewayCommand {

  @Parameters(paramLabel = "ID", description = "The subscription.")
  private @Nullable UUID id;

  SubscriptionsGet(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    printer.document(gateway.get("/admin/api/subscriptions/" + id));
    return DONE;
  }
}
