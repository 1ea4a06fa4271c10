package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;

/** {@code withdraw}: takes credentials out of stock, for good (I5). */
@Command(description = "Takes credentials that nobody has bought out of stock, for good.")
final class WithdrawCommand extends EachCommand {

  WithdrawCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post("/admin/api/inventory/credentials/" + id + "/withdraw");
  }

  @Override
  List<Column> columns() {
    return CredentialsCommand.COLUMNS;
  }
}
