package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.dollars;
import static dev.codingplans.plugin.cli.Column.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code subscriptions [list]}: what users hold. */
@Command(description = "Lists everybody's subscriptions, newest first.")
final class SubscriptionsCommand extends ListCommand {

  static final List<Column> COLUMNS =
      List.of(
          text("ID", "id"),
          text("USER", "userId"),
          text("PLAN", "planId"),
          text("STATUS", "status"),
          text("CANCELS", "cancelAtPeriodEnd"),
          dollars("PRICE USD", "priceMicrodollars"),
          text("PERIOD END", "currentPeriodEnd"),
          text("GRACE END", "graceEndsAt"),
          text("ENDED", "canceledAt"),
          text("REASON", "cancellationReason"));

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only active, past_due or canceled.")
  private @Nullable String status;

  @Option(names = "--user", paramLabel = "ID", description = "Only those of the user.")
  private @Nullable String user;

  SubscriptionsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/admin/api/subscriptions";
  }

  @Override
  Filters filters() {
    return new Filters().with("status", status).with("userId", user);
  }

  @Override
  List<Column> columns() {
    return COLUMNS;
  }
}
