package dev.codingplans.plugin.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Optional;

/** Which entries to show; whatever is absent may be anything. */
public record AuditFilter(
    Optional<UserId> actor, Optional<String> action, Optional<AuditTarget> target) {}
