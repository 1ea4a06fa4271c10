package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;

/** {@code revocations requeue}: they are to be tried again (V2). */
@Command(description = "Puts failed revocations back into the queue.")
final class RevocationsRequeue extends EachCommand {

  RevocationsRequeue(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post("/admin/api/revocations/" + id + "/requeue");
  }

  @Override
  List<Column> columns() {
    return RevocationsCommand.COLUMNS;
  }
}
