package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.lease.LeaseRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What live leases keep of balances while records are charged, one after the other (M1). Not for
 * concurrent use.
 */
final class Reserved {

  private final Map<UserId, Long> byUser = new HashMap<>();
  private final Map<UUID, Long> byLease = new HashMap<>();

  Reserved(List<LeaseRow> live) {
    for (var lease : live) {
      byUser.merge(lease.user(), lease.leftMicrodollars(), Long::sum);
      byLease.put(lease.id(), lease.leftMicrodollars());
    }
  }

  /** Returns what is kept for other charges than those of the lease. */
  long besides(UserId user, Optional<UUID> lease) {
    return byUser.getOrDefault(user, 0L) - left(lease);
  }

  /** A charge comes out of its lease, as far as that goes. */
  void charge(UserId user, Optional<UUID> lease, long amount) {
    var taken = Math.min(amount, left(lease));
    if (taken > 0) {
      byUser.merge(user, -taken, Long::sum);
      byLease.merge(lease.orElseThrow(), -taken, Long::sum);
    }
  }

  private long left(Optional<UUID> lease) {
    return lease.map(id -> byLease.getOrDefault(id, 0L)).orElse(0L);
  }
}
