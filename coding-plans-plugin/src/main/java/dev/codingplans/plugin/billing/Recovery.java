package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.credit.HeldAccounts;
import dev.codingplans.plugin.event.RenewalPossible;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a past-due subscription at once when credit arrives or its cancellation is taken back (G3,
 * X1). In a transaction of its own: credit stays even if the renewal fails, and then the sweep
 * tries it again.
 */
@Singleton
class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final BillingBatch batch;
  private final TopUps topUps;

  Recovery(BillingBatch batch, TopUps topUps) {
    this.batch = batch;
    this.topUps = topUps;
  }

  @TransactionalEventListener
  void onRenewalPossible(RenewalPossible possible) {
    try {
      var result = batch.handle(List.of(possible.user()), HeldAccounts.AWAIT);
      topUps.start(result.topUps());
    } catch (RuntimeException e) {
      LOG.warn("A renewal that has become possible failed; the next sweep tries it again.", e);
    }
  }
}
