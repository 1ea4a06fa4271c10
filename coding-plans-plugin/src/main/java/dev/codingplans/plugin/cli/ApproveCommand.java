package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;

/** {@code approve}: lets credentials be sold whose tier is not proven (I5). */
@Command(description = "Puts unverified credentials into stock.")
final class ApproveCommand extends EachCommand {

  ApproveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post("/admin/api/inventory/credentials/" + id + "/approve");
  }

  @Override
  List<Column> columns() {
    return CredentialsCommand.COLUMNS;
  }
}
