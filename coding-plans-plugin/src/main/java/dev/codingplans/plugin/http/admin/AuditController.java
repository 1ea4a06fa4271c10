package dev.codingplans.plugin.http.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.audit.AuditFilter;
import dev.codingplans.plugin.audit.AuditLog;
import dev.codingplans.plugin.audit.AuditTarget;
import dev.codingplans.plugin.audit.StoredAuditEntry;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows what admins did, and what they tried in vain. */
@Controller("/admin/api/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
class AuditController {

  private static final Pattern ACTION = Pattern.compile("[a-z_]+\\.[a-z_]+");
  private static final Pattern TARGET =
      Pattern.compile("[a-z_]+(:[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,128})?");

  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  /** Lists entries, newest first. */
  @Get
  Page<AuditView> list(
      @Nullable @QueryValue String actor,
      @Nullable @QueryValue String action,
      @Nullable @QueryValue String target,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var filter =
        new AuditFilter(
            Optional.ofNullable(actor).map(AuditController::user),
            Optional.ofNullable(action).map(AuditController::action),
            Optional.ofNullable(target).map(AuditController::target));
    var rows = log.before(filter, Page.positionBefore(cursor), limit + 1);
    return Page.of(rows, limit, StoredAuditEntry::id, AuditView::of);
  }

  private static UserId user(String text) {
    if (!UserId.isWellFormed(text)) {
      throw Refusal.invalid("actor", "it must be 1 to 128 printable characters");
    }
    return new UserId(text);
  }

  private static String action(String text) {
    if (!ACTION.matcher(text).matches()) {
      throw Refusal.invalid("action", "it must be like subscription.terminate");
    }
    return text;
  }

  private static AuditTarget target(String text) {
    if (!TARGET.matcher(text).matches()) {
      throw Refusal.invalid("target", "it must be like subscription:<id>");
    }
    return AuditTarget.parse(text);
  }

  /**
   * An entry of the audit log.
   *
   * @param at in real time
   * @param actor who did it; an anonymous name if the account was deleted
   * @param target what it was done to, a kind and after a colon which one
   * @param outcome {@code done}; {@code begun} if it takes a while; {@code replayed} if it was done
   *     before with the same key; or the code of the answer
   */
  record AuditView(
      Instant at,
      String actor,
      String action,
      String target,
      String outcome,
      String correlationId) {

    static AuditView of(StoredAuditEntry stored) {
      var entry = stored.entry();
      return new AuditView(
          stored.at(),
          entry.actor().value(),
          entry.action(),
          entry.target().text(),
          entry.outcome(),
          entry.correlationId());
    }
  }
}
