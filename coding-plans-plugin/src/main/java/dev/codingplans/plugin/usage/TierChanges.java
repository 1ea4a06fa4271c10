package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.credit.LockedAccount;
import dev.codingplans.plugin.credit.ManyAccounts;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.event.LifecycleEvent;
import dev.codingplans.plugin.event.LifecycleEvent.TierChanged;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores the steps that users have reached, each change with its event, and each once. The first
 * that is stored of an account is no change.
 */
@Singleton
class TierChanges {

  private final ManyAccounts accounts;
  private final TierRows rows;
  private final Ladder ladder;
  private final TimeSource time;
  private final Outbox outbox;

  TierChanges(
      ManyAccounts accounts,
      TierRows rows,
      LadderSettings settings,
      TimeSource time,
      Outbox outbox) {
    this.accounts = accounts;
    this.rows = rows;
    this.ladder = settings.ladder();
    this.time = time;
    this.outbox = outbox;
  }

  @Transactional
  public Made make(List<UserId> users, HeldAccounts held) {
    var locked = accounts.lock(users, held).stream().map(LockedAccount::user).toList();
    var now = time.now();
    var outdated = rows.read(locked).stream().filter(tier -> tier.isOutdated(ladder, now)).toList();
    var told = outdated.stream().flatMap(tier -> change(tier, now).stream()).toList();
    if (!outdated.isEmpty()) {
      rows.write(outdated.stream().map(tier -> current(tier, now)).toList());
      outbox.appendAll(told, now);
    }
    return new Made(told.size(), locked);
  }

  private StoredTier current(StoredTier tier, Instant now) {
    return new StoredTier(
        tier.user(),
        tier.firstPaidAt(),
        Optional.of(ladder.tierAt(tier.firstPaidAt(), now).name()));
  }

  private Optional<LifecycleEvent> change(StoredTier before, Instant now) {
    var tier = ladder.tierAt(before.firstPaidAt(), now);
    return before
        .tier()
        .map(
            name ->
                new TierChanged(
                    before.user(), name, tier.name(), tier.multiplier().toPlainString()));
  }

  /**
   * What was done.
   *
   * @param locked whose accounts were looked at; others were left out
   */
  record Made(int changed, List<UserId> locked) {}
}
