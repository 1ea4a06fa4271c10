package dev.codingplans.plugin.account;

import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.Tier;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user as an operator finds one.
 *
 * @param liveSubscriptions how many the user holds at {@code now}
 */
@MappedEntity("credit_account")
public record FoundUser(
    @Id String userId,
    long balanceMicrodollars,
    @Nullable Instant firstPaidAt,
    @Nullable Instant lastActiveAt,
    long liveSubscriptions,
    Instant now) {

  /** Returns the step of the discount ladder that the user is on. */
  public Tier discountTier(Ladder ladder) {
    return ladder.tierAt(Optional.ofNullable(firstPaidAt), now);
  }
}
