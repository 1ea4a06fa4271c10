package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** Records what became of an attempt, and credits what was collected: once, together. */
@Singleton
class TopUpOutcome {

  private final Accounts accounts;
  private final Credits credits;
  private final TopUpRows rows;
  private final TimeSource time;

  TopUpOutcome(Accounts accounts, Credits credits, TopUpRows rows, TimeSource time) {
    this.accounts = accounts;
    this.credits = credits;
    this.rows = rows;
    this.time = time;
  }

  @Transactional
  public void record(TopUp topUp, Result result) {
    accounts.lock(topUp.user());
    var now = time.now();
    switch (result) {
      case Result.Succeeded succeeded -> {
        if (rows.finish(topUp.id(), "succeeded", null, now)) {
          credits.addPayment(
              topUp.user(),
              topUp.amountMicrodollars(),
              "Automatic top-up",
              "top-up:" + topUp.id(),
              now);
        }
      }
      case Result.Pending pending -> rows.finish(topUp.id(), "pending", null, now);
      case Result.Failed failed -> rows.finish(topUp.id(), "failed", failed.reason(), now);
    }
  }
}
