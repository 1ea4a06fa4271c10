package dev.codingplans.plugin.byok;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.database.ProviderIdColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's key of a provider, without its text.
 *
 * @param source {@code own}, or {@code plan} for the managed key of a subscription
 * @param lastFour the end of an own key
 */
@MappedEntity("byok_key")
public record ByokKey(
    @Id UUID id,
    @ProviderIdColumn ProviderId providerId,
    String source,
    boolean enabled,
    @Nullable String lastFour,
    Instant createdAt,
    Instant updatedAt) {

  boolean isManaged() {
    return source.equals("plan");
  }
}
