package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.cli.Failure.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that prints a list, page after page of it up to a bound. */
abstract class ListCommand extends GatewayCommand {

  private static final int MOST = 100_000;
  private static final int PAGE = 100;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Print N items at most; ${DEFAULT-VALUE} if nothing is said.")
  private int limit;

  ListCommand(Terminal terminal) {
    super(terminal);
  }

  abstract String path();

  abstract Filters filters();

  abstract List<Column> columns();

  @Override
  final int run(Gateway gateway, Printer printer) {
    if (limit < 1 || limit > MOST) {
      throw new Failure(Kind.MISUSE, "--limit must be 1 to " + MOST + ".");
    }
    var items = new ArrayList<JsonNode>();
    var isWhole = false;
    try {
      isWhole = collect(gateway, items);
    } catch (Failure e) {
      if (!items.isEmpty()) {
        printer.items(columns(), items);
      }
      throw e;
    }
    printer.items(columns(), items);
    if (!isWhole) {
      printer.note("There are more than these " + items.size() + "; see --limit.");
    }
    return DONE;
  }

  /** Adds what there is, and tells whether that is all. */
  private boolean collect(Gateway gateway, List<JsonNode> items) {
    String cursor = null;
    // A page may be empty, but no list is followed for ever.
    for (int pages = 0; pages <= limit && items.size() < limit; pages++) {
      var size = Integer.toString(Math.min(PAGE, limit - items.size()));
      var page = gateway.get(filters().with("limit", size).with("cursor", cursor).at(path()));
      page.path("items").forEach(items::add);
      cursor = page.path("nextCursor").asText(null);
      if (cursor == null) {
        return true;
      }
    }
    return false;
  }
}
