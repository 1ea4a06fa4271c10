package dev.codingplans.plugin.usage.hold;

import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.gateway.spi.usage.UsageRecord;
import dev.codingplans.plugin.usage.UsageIntake;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Charges what requests did cost: once each, through the durable intake of usage (M2, M4). */
@Singleton
class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  /** More than any model writes; the intake takes no greater amount. */
  private static final long MOST_TOKENS = 1_000_000_000_000L;

  private final UsageIntake intake;
  private final AlignedTime time;

  Settlement(UsageIntake intake, AlignedTime time) {
    this.intake = intake;
    this.time = time;
  }

  CompletionStage<Void> charge(NodeLease lease, String hold, long held, Consumption consumption) {
    var now = time.at(System.nanoTime());
    var charge = lease.settle(held, consumption.listCostMicrodollars(), now);
    var usage =
        new UsageRecord(
            hold,
            lease.user(),
            Price.CATEGORY,
            UsageRecord.Kind.LLM_TOKEN,
            BigDecimal.valueOf(Math.min(MOST_TOKENS, consumption.tokens())),
            consumption.listCostMicrodollars(),
            now,
            consumption.estimated());
    return intake
        .accept(usage, lease.id())
        .whenComplete(
            (receipt, failure) -> {
              if (failure != null) {
                lease.unsettle(charge);
                LOG.error("The charge of {} microdollars for {} is lost.", charge, hold, failure);
              }
            })
        .thenAccept(receipt -> {});
  }
}
