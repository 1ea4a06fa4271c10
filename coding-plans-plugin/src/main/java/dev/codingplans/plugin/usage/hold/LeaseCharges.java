package dev.codingplans.plugin.usage.hold;

import dev.codingplans.plugin.credit.lease.Leases;
import dev.codingplans.plugin.usage.ChargedUsage;
import dev.codingplans.plugin.usage.UsageChargeListener;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** Takes charges out of their leases, in the transaction that makes them. */
@Singleton
class LeaseCharges implements UsageChargeListener {

  private final Leases leases;

  LeaseCharges(Leases leases) {
    this.leases = leases;
  }

  @Override
  public void onCharged(List<ChargedUsage> charges, Instant at) {
    var byLease = new HashMap<UUID, Long>();
    for (var charge : charges) {
      charge
          .lease()
          .ifPresent(lease -> byLease.merge(lease, charge.chargeMicrodollars(), Long::sum));
    }
    leases.charge(byLease);
  }
}
