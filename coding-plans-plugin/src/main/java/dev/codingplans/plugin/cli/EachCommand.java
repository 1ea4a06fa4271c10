package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Parameters;

/** A command that does the same to each of some things, and stops at the first that it cannot. */
abstract class EachCommand extends GatewayCommand {

  @Parameters(arity = "1..*", paramLabel = "ID", description = "What it is done to.")
  private List<UUID> ids = List.of();

  EachCommand(Terminal terminal) {
    super(terminal);
  }

  /** Does it to one and returns what that has become. */
  abstract JsonNode change(Gateway gateway, UUID id);

  abstract List<Column> columns();

  @Override
  final int run(Gateway gateway, Printer printer) {
    var done = new ArrayList<JsonNode>();
    try {
      for (var id : ids) {
        done.add(change(gateway, id, done.size()));
      }
    } finally {
      if (!done.isEmpty()) {
        printer.items(columns(), done);
      }
    }
    return DONE;
  }

  private JsonNode change(Gateway gateway, UUID id, int before) {
    try {
      return change(gateway, id);
    } catch (Failure e) {
      throw ids.size() == 1
          ? e
          : e.with("That was " + id + ", after " + before + " of " + ids.size() + ".");
    }
  }
}
