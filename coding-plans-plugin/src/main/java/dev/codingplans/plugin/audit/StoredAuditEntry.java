package dev.codingplans.plugin.audit;

import java.time.Instant;

/**
 * An entry of the log.
 *
 * @param at in real time
 */
public record StoredAuditEntry(long id, Instant at, AuditEntry entry) {}
