package dev.codingplans.plugin.usage;

import dev.codingplans.plugin.credit.Charge;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.credit.LockedAccount;
import dev.codingplans.plugin.credit.ManyAccounts;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.credit.lease.Leases;
import dev.codingplans.plugin.time.TimeSource;
import dev.codingplans.plugin.usage.InboxRows.Waiting;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One transaction of charging: locks accounts, takes their records out of the inbox, and writes all
 * that follows together. A record that is not there any more was charged by another node.
 */
@Singleton
class ChargingBatch {

  private final ManyAccounts accounts;
  private final Leases leases;
  private final InboxRows inbox;
  private final DeletedUsers deleted;
  private final QuarantineRows quarantine;
  private final UsageRecordRows records;
  private final ChargingRules rules;
  private final TimeSource time;
  private final List<UsageChargeListener> listeners;

  ChargingBatch(
      ManyAccounts accounts,
      Leases leases,
      InboxRows inbox,
      DeletedUsers deleted,
      QuarantineRows quarantine,
      UsageRecordRows records,
      LadderSettings ladder,
      TimeSource time,
      List<UsageChargeListener> listeners) {
    this.accounts = accounts;
    this.leases = leases;
    this.inbox = inbox;
    this.deleted = deleted;
    this.quarantine = quarantine;
    this.records = records;
    this.rules = new ChargingRules(ladder.ladder());
    this.time = time;
    this.listeners = listeners;
  }

  /** Charges what waits between the first and the last of the users, or those that are free. */
  @Transactional
  public Result charge(List<Waiting> waiting, HeldAccounts held) {
    var users = waiting.stream().map(Waiting::user).distinct().toList();
    var locked = accounts.lock(users, held);
    // After the lock, so that waiting for it never makes time stand still (T1).
    var now = time.now();
    var balances =
        locked.stream()
            .filter(account -> !account.parked())
            .collect(Collectors.toMap(LockedAccount::user, LockedAccount::balanceMicrodollars));
    // Under the lock, so that no account goes, and comes back, between this and the charge.
    quarantine.moveAllOf(deleted.deletionsOf(List.copyOf(balances.keySet())));
    var due =
        inbox.take(
            List.copyOf(balances.keySet()),
            waiting.getFirst().position(),
            waiting.getLast().position());
    if (!due.isEmpty()) {
      var reserved = new Reserved(leases.live(List.copyOf(balances.keySet())));
      var charged = rules.charge(due, balances, reserved);
      accounts.charge(charges(due, charged), now);
      records.add(due, charged, now);
      records.noteOnAccounts(due, charged, now);
      listeners.forEach(listener -> listener.onCharged(charged, now));
    }
    return new Result(due.size(), users.size() - locked.size());
  }

  private static List<Charge> charges(List<DueUsage> due, List<ChargedUsage> charged) {
    return IntStream.range(0, due.size())
        .mapToObj(i -> charge(due.get(i), charged.get(i)))
        .toList();
  }

  private static Charge charge(DueUsage usage, ChargedUsage charged) {
    return new Charge(
        charged.entry(),
        charged.user(),
        EntryKind.USAGE,
        charged.collectedMicrodollars(),
        charged.balanceAfterMicrodollars(),
        "Usage: " + usage.category(),
        "usage:" + usage.eventId());
  }

  /**
   * What a batch did.
   *
   * @param held how many accounts were left out because others held them
   */
  record Result(int charged, int held) {}
}
