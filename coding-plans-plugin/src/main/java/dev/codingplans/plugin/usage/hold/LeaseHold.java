package dev.codingplans.plugin.usage.hold;

import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.gateway.spi.usage.Hold;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one request holds of a lease. */
final class LeaseHold implements Hold {

  private final String id = "request:" + UUID.randomUUID();
  private final NodeLease lease;
  private final long mostListCost;
  private final long held;
  private final Settlement settlement;
  private final AtomicBoolean over = new AtomicBoolean();

  LeaseHold(NodeLease lease, long mostListCost, long held, Settlement settlement) {
    this.lease = lease;
    this.mostListCost = mostListCost;
    this.held = held;
    this.settlement = settlement;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public CompletionStage<Void> settle(Consumption consumption) {
    return over.compareAndSet(false, true)
        ? settlement.charge(lease, id, held, bounded(consumption))
        : CompletableFuture.completedFuture(null);
  }

  /** What a provider says can only be less than what the request could cost. */
  private Consumption bounded(Consumption said) {
    return said.listCostMicrodollars() <= mostListCost
        ? said
        : new Consumption(said.tokens(), mostListCost, true);
  }

  @Override
  public void release() {
    if (over.compareAndSet(false, true)) {
      lease.release(held);
    }
  }
}
