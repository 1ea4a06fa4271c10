package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.dollars;
import static dev.codingplans.plugin.cli.Column.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code users}: who there is. */
@Command(description = "Lists users whose ids contain a text, first those that start with it.")
final class UsersCommand extends ListCommand {

  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "A part of their ids.")
  private @Nullable String query;

  UsersCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/admin/api/users";
  }

  @Override
  Filters filters() {
    return new Filters().with("query", query);
  }

  @Override
  List<Column> columns() {
    return List.of(
        text("USER", "userId"),
        dollars("BALANCE USD", "balanceMicrodollars"),
        text("TIER", "discountTier"),
        text("PAID FIRST", "firstPaidAt"),
        text("SUBSCRIPTIONS", "liveSubscriptions"));
  }
}
