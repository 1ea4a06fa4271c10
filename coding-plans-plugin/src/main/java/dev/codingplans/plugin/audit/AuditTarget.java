package dev.codingplans.plugin.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Optional;

/**
 * What something was done to: a thing of which there are many, a user, or one of which there is
 * only one.
 */
public record AuditTarget(String kind, Optional<String> id, Optional<UserId> user) {

  private static final String USER = "user";

  public static AuditTarget only(String kind) {
    return new AuditTarget(kind, Optional.empty(), Optional.empty());
  }

  public static AuditTarget of(String kind, String id) {
    return new AuditTarget(kind, Optional.of(id), Optional.empty());
  }

  public static AuditTarget of(UserId user) {
    return new AuditTarget(USER, Optional.empty(), Optional.of(user));
  }

  /** Reads what {@link #text} gives. */
  public static AuditTarget parse(String text) {
    var parts = text.split(":", 2);
    if (parts.length == 1) {
      return only(parts[0]);
    }
    return parts[0].equals(USER) && UserId.isWellFormed(parts[1])
        ? of(new UserId(parts[1]))
        : of(parts[0], parts[1]);
  }

  /** Returns the kind and, after a colon, which one. */
  public String text() {
    return user.map(UserId::value).or(() -> id).map(which -> kind + ":" + which).orElse(kind);
  }
}
