package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;

/** {@code revocations complete}: they are ended at the provider (V2). */
@Command(description = "Says that credentials were ended at the provider.")
final class RevocationsComplete extends EachCommand {

  RevocationsComplete(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post("/admin/api/revocations/" + id + "/complete");
  }

  @Override
  List<Column> columns() {
    return RevocationsCommand.COLUMNS;
  }
}
