package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;

/** {@code subscriptions terminate}: they end now (X3). */
@Command(description = "Ends subscriptions now, whatever is paid for.")
final class SubscriptionsTerminate extends EachCommand {

  SubscriptionsTerminate(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post("/admin/api/subscriptions/" + id + "/terminate");
  }

  @Override
  List<Column> columns() {
    return SubscriptionsCommand.COLUMNS;
  }
}
