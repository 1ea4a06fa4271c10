package dev.codingplans.plugin.entitlement;

import dev.codingplans.entitlement.ChangeFeed.Change;
import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One change of the log, or none, beside the snapshot that the log was read in. */
@Introspected
record ChangeRow(
    String snapshot,
    String run,
    Instant now,
    @Nullable String userId,
    @Nullable Long transactionId) {

  Stream<Change> change() {
    return userId == null || transactionId == null
        ? Stream.empty()
        : Stream.of(new Change(new UserId(userId), transactionId));
  }
}
