package dev.codingplans.plugin.event;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event on its way. */
@MappedEntity("event")
record OutboxRow(
    @Id long id, @Nullable String userId, String type, String payload, Instant occurredAt) {}
