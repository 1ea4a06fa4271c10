package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what became of an attempt, and credits what was collected: once, together. */
@Singleton
class TopUpOutcome {

  private static final Logger LOG = LoggerFactory.getLogger(TopUpOutcome.class);

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

  /** Tells whether its subscription still lacks it: time has gone by since it was requested. */
  @Transactional(readOnly = true)
  public boolean isWanted(TopUp topUp) {
    return rows.isWanted(topUp.id());
  }

  /** Records it; fails if that has to be tried again. */
  @Transactional
  public void record(TopUp topUp, Result result) {
    var owner = rows.ownerOf(topUp.id());
    if (!accounts.lockIfPresent(owner)) {
      throw new IllegalStateException("the account was deleted just now; it has another name");
    }
    record(topUp, owner, result, time.now());
  }

  private void record(TopUp topUp, UserId owner, Result result, Instant now) {
    switch (result) {
      case Result.Succeeded succeeded -> credit(topUp, owner, now);
      case Result.Pending pending -> rows.finish(topUp.id(), "pending", null, now);
      case Result.Failed failed -> rows.finish(topUp.id(), "failed", failed.reason(), now);
    }
  }

  /** What was collected for an account that is gone meanwhile is the operator's to give back. */
  private void credit(TopUp topUp, UserId owner, Instant now) {
    if (!owner.equals(topUp.user())) {
      rows.finish(topUp.id(), "parked", "the account was deleted", now);
      LOG.warn("Top-up {} was collected for an account that is deleted.", topUp.id());
    } else if (rows.finish(topUp.id(), "succeeded", null, now)) {
      credits.addPayment(
          owner, topUp.amountMicrodollars(), "Automatic top-up", "top-up:" + topUp.id(), now);
    }
  }
}
