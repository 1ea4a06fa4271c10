package dev.codingplans.sample.apikeys;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as its user sees it, without its text.
 *
 * @param position grows from key to key
 * @param name what the user calls it
 * @param prefix the first characters of its text
 * @param lastUsedAt to some ten minutes
 */
@MappedEntity("api_key")
record ApiKey(
    @Id UUID id,
    long position,
    @Nullable String name,
    String prefix,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {

  /** Returns it as the contract with plugins has it. */
  dev.codingplans.gateway.spi.apikeys.ApiKey forPlugins() {
    return new dev.codingplans.gateway.spi.apikeys.ApiKey(
        id.toString(),
        Optional.ofNullable(name),
        prefix,
        createdAt,
        Optional.ofNullable(lastUsedAt));
  }
}
