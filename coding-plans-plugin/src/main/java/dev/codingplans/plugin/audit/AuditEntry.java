package dev.codingplans.plugin.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who did what to what, and what became of it. It holds nothing of what was sent, so no secret.
 *
 * @param action a stable name with a dot
 * @param outcome {@code done}; {@code begun} if it takes more than one transaction; {@code
 *     replayed} if it was done before; or the code of a refusal
 */
public record AuditEntry(
    UserId actor, String action, AuditTarget target, String outcome, String correlationId) {

  public static final String DONE = "done";
  public static final String BEGUN = "begun";
  public static final String REPLAYED = "replayed";

  /** Returns everybody whom it names. */
  Set<UserId> users() {
    return Stream.concat(Stream.of(actor), target.user().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
