package dev.codingplans.plugin.credit;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * One movement of a balance. Never changed: a correction is a new entry (L1).
 *
 * @param position grows with every entry; the order in which they are listed
 */
@MappedEntity("ledger_entry")
public record LedgerEntry(
    @Id UUID id,
    long position,
    String kind,
    long amountMicrodollars,
    long balanceAfterMicrodollars,
    String description,
    Instant createdAt) {}
