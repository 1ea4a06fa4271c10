package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: who changed what (F3). */
@Command(description = "Lists what admins did, newest first.")
final class AuditCommand extends ListCommand {

  @Option(names = "--actor", paramLabel = "ID", description = "Only what this admin did.")
  private @Nullable String actor;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this, for example subscription.terminate.")
  private @Nullable String action;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description = "Only what was done to this, for example subscription:ID.")
  private @Nullable String target;

  AuditCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/admin/api/audit";
  }

  @Override
  Filters filters() {
    return new Filters().with("actor", actor).with("action", action).with("target", target);
  }

  @Override
  List<Column> columns() {
    return List.of(
        text("AT", "at"),
        text("ACTOR", "actor"),
        text("ACTION", "action"),
        text("TARGET", "target"),
        text("OUTCOME", "outcome"),
        text("CORRELATION ID", "correlationId"));
  }
}
