package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code revocations fail}: they could not be ended at the provider (V2). */
@Command(description = "Says that credentials could not be ended at the provider, and why.")
final class RevocationsFail extends EachCommand {

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "1 to 300 characters, without any key.")
  private String reason = "";

  RevocationsFail(Terminal terminal) {
    super(terminal);
  }

  @Override
  JsonNode change(Gateway gateway, UUID id) {
    return gateway.post(
        "/admin/api/revocations/" + id + "/fail",
        JsonNodeFactory.instance.objectNode().put("reason", reason));
  }

  @Override
  List<Column> columns() {
    return RevocationsCommand.COLUMNS;
  }
}
