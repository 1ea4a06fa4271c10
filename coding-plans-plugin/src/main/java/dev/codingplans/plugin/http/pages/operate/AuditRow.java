package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.plugin.audit.AuditEntry;
import dev.codingplans.plugin.audit.StoredAuditEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of the audit log as it is shown.
 *
 * @param target a kind, and after a colon which one
 */
record AuditRow(
    long id,
    Instant at,
    String actor,
    String action,
    String target,
    String outcome,
    String correlationId) {

  private static final Set<String> OUTCOMES =
      Set.of(AuditEntry.DONE, AuditEntry.BEGUN, AuditEntry.REPLAYED);

  static AuditRow of(StoredAuditEntry stored) {
    var entry = stored.entry();
    return new AuditRow(
        stored.id(),
        stored.at(),
        entry.actor().value(),
        entry.action(),
        entry.target().text(),
        entry.outcome(),
        entry.correlationId());
  }

  /** Returns the class of the outcome's badge. */
  String mark() {
    return switch (outcome) {
      case AuditEntry.DONE -> "good";
      case AuditEntry.BEGUN, AuditEntry.REPLAYED -> "";
      default -> "bad";
    };
  }

  /** Returns the key of the outcome's name; a refusal's code is its own. */
  Optional<String> outcomeKey() {
    return Optional.of(outcome).filter(OUTCOMES::contains).map(name -> "operate.outcome." + name);
  }

  /** Returns the address of all that was done to the same. */
  String ofTarget() {
    return AuditSearch.ofTarget(target).address();
  }
}
