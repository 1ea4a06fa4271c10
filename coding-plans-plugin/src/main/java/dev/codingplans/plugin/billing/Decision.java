package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.subscription.CancellationReason;
import dev.codingplans.plugin.subscription.Term;
import java.time.Instant;

/** What becomes of a due subscription: the one durable outcome of its due term (R2). */
sealed interface Decision {

  DueSubscription subscription();

  /**
   * It is charged for the term.
   *
   * @param skippedPeriods how many went by uncharged (R5)
   * @param balanceAfter what the charge leaves, in microdollars
   */
  record Renew(DueSubscription subscription, Term term, long skippedPeriods, long balanceAfter)
      implements Decision {}

  /**
   * Access goes on for a while although the balance is too low (G1).
   *
   * @param shortfall by how much, in microdollars, beside what others of the account lack
   */
  record StartGrace(DueSubscription subscription, Instant until, long shortfall)
      implements Decision {

    StartGrace lacking(long microdollars) {
      return new StartGrace(subscription, until, microdollars);
    }
  }

  /**
   * It waits in grace for credit.
   *
   * @param shortfall how much is missing, in microdollars
   */
  record AwaitCredit(DueSubscription subscription, long shortfall) implements Decision {

    AwaitCredit lacking(long microdollars) {
      return new AwaitCredit(subscription, microdollars);
    }
  }

  /**
   * Its price is there, but requests hold a part of it: they give that back, and it renews (M1).
   */
  record AwaitLeases(DueSubscription subscription) implements Decision {}

  /** There is nothing to be done about it now. */
  record Leave(DueSubscription subscription) implements Decision {}

  /**
   * It ends.
   *
   * @param at when access ended
   */
  record End(DueSubscription subscription, CancellationReason reason, Instant at)
      implements Decision {}
}
