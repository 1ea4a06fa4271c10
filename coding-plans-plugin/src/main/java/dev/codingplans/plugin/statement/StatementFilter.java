package dev.codingplans.plugin.statement;

import dev.codingplans.plugin.credit.EntryKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are asked for.
 *
 * @param from the first instant
 * @param to the instant before which they are
 */
public record StatementFilter(
    Optional<EntryKind> kind, Optional<Instant> from, Optional<Instant> to) {}
