package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code credentials}: the operator's credentials, without their keys. */
@Command(description = "Lists credentials, newest first. Keys are never shown.")
final class CredentialsCommand extends ListCommand {

  static final List<Column> COLUMNS =
      List.of(
          text("ID", "id"),
          text("PROVIDER", "providerId"),
          text("PLAN", "planId"),
          text("STATUS", "status"),
          text("HEALTH", "health"),
          text("CREATED", "createdAt"),
          text("ASSIGNED", "assignedAt"));

  @Option(names = "--plan", paramLabel = "PLAN", description = "Only those of the plan.")
  private @Nullable String plan;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "Only unverified, available, assigned, revocation_pending, revocation_failed or revoked.")
  private @Nullable String status;

  @Option(
      names = "--health",
      paramLabel = "HEALTH",
      description = "Only healthy, subscription_inactive or rejected.")
  private @Nullable String health;

  CredentialsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/admin/api/inventory/credentials";
  }

  @Override
  Filters filters() {
    return new Filters().with("planId", plan).with("status", status).with("health", health);
  }

  @Override
  List<Column> columns() {
    return COLUMNS;
  }
}
