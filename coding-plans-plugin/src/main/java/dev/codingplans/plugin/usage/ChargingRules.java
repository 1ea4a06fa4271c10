package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.ladder.Ladder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What records cost, and what of it is collected, without any I/O (D3, D5, D7). */
final class ChargingRules {

  private final Ladder ladder;

  ChargingRules(Ladder ladder) {
    this.ladder = ladder;
  }

  /** Charges one after the other, each down to what is reserved for others and no further. */
  List<ChargedUsage> charge(List<DueUsage> due, Map<UserId, Long> balances, Reserved reserved) {
    var left = new HashMap<>(balances);
    var charged = new ArrayList<ChargedUsage>(due.size());
    for (var usage : due) {
      var balance = left.getOrDefault(usage.user(), 0L);
      var kept = reserved.besides(usage.user(), usage.lease());
      var one = charge(usage, balance, Math.max(0, balance - kept));
      reserved.charge(usage.user(), usage.lease(), one.chargeMicrodollars());
      left.put(usage.user(), one.balanceAfterMicrodollars());
      charged.add(one);
    }
    return charged;
  }

  private ChargedUsage charge(DueUsage usage, long balance, long collectable) {
    var multiplier = ladder.multiplierAt(usage.category(), usage.firstPaidAt(), usage.occurredAt());
    var charge = Ladder.charge(usage.listCostMicrodollars(), multiplier);
    var collected = Math.min(charge, collectable);
    return new ChargedUsage(
        UUID.randomUUID(),
        usage.user(),
        usage.eventId(),
        usage.lease(),
        multiplier,
        charge,
        charge - collected,
        balance - collected);
  }
}
