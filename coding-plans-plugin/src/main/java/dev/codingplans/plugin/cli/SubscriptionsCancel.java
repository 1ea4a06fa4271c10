package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;

/** {@code subscriptions cancel}: they end when what is paid for is over (X3). */
@Command(description = "Lets subscriptions end when what is paid for is over.")
final class SubscriptionsCancel extends EachCommand {

  SubscriptionsCancel(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post("/admin/api/subscriptions/" + id + "/cancel");
  }

  @Override
  List<Column> columns() {
    return SubscriptionsCommand.COLUMNS;
  }
}
