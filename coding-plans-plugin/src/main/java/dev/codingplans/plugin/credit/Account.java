package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user's balance. */
@MappedEntity("credit_account")
record Account(
    @Id @UserIdColumn UserId userId,
    long balanceMicrodollars,
    long uncollectedMicrodollars,
    @Nullable Instant firstPaidAt,
    boolean autoTopUp) {

  Optional<Instant> paidFirstAt() {
    return Optional.ofNullable(firstPaidAt);
  }
}
