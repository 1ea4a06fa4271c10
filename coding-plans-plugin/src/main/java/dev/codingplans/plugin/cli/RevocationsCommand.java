package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code revocations [list]}: what is to be ended at the provider (V1). */
@Command(description = "Lists revocations that are pending or failed, newest request first.")
final class RevocationsCommand extends ListCommand {

  static final List<Column> COLUMNS =
      List.of(
          text("ID", "id"),
          text("PROVIDER", "providerId"),
          text("PLAN", "planId"),
          text("UPSTREAM PLAN", "upstreamPlanId"),
          text("STATUS", "status"),
          text("REQUESTED", "requestedAt"),
          text("ACCESS ENDED", "accessEndedAt"),
          text("ATTEMPTS", "attempts"),
          text("LAST ERROR", "lastError"),
          text("AGE S", "ageSeconds"));

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only revocation_pending, revocation_failed or revoked.")
  private @Nullable String status;

  RevocationsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/admin/api/revocations";
  }

  @Override
  Filters filters() {
    return new Filters().with("status", status);
  }

  @Override
  List<Column> columns() {
    return COLUMNS;
  }
}
