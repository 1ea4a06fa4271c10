package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code subscriptions extend}: more days for nothing. */
@Command(description = "Gives subscriptions more days, for nothing. A repeat gives as many again.")
final class SubscriptionsExtend extends EachCommand {

  @Option(names = "--days", required = true, paramLabel = "N", description = "1 to 90.")
  private int days;

  SubscriptionsExtend(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post(
        "/admin/api/subscriptions/" + id + "/extend",
        JsonNodeFactory.instance.objectNode().put("days", days));
  }

  @Override
  List<Column> columns() {
    return SubscriptionsCommand.COLUMNS;
  }
}
