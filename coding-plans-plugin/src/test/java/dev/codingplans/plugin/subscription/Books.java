package dev.codingplans.plugin.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestDatabase;
import java.util.UUID;

/** What purchases left in the database, and what a test changes there by hand. */
record Books(TestDatabase db) {

  /** Ends a subscription by hand, as every ending does it (X5). */
  void end(UUID subscription) {
    db.execute("delete from coding_plans.byok_key where subscription_id = ?", subscription);
    db.execute(
        """
        update coding_plans.subscription
           set status = 'canceled', canceled_at = now(), cancellation_reason = 'administrative_termination'
         where id = ?""",
        subscription);
    db.execute(
        """
        update coding_plans.credential set status = 'revocation_pending', ciphertext = null
         where id = (select credential_id from coding_plans.subscription where id = ?)""",
        subscription);
  }

  void assertNothingBought(String user, long dollars) {
    assertThat(
            db.text(
                "select balance_microdollars from coding_plans.credit_account where user_id = ?",
                user))
        .isEqualTo(dollars + "000000");
    assertThat(db.texts("select id from coding_plans.subscription")).isEmpty();
    assertThat(db.texts("select id from coding_plans.term")).isEmpty();
    assertThat(db.texts("select distinct status from coding_plans.credential"))
        .containsExactly("available");
    assertThat(db.texts("select id from coding_plans.event where type = 'subscription.activated'"))
        .isEmpty();
  }

  void assertOneSubscriptionPaid() {
    assertThat(db.text("select count(*) from coding_plans.subscription")).isEqualTo("1");
    assertThat(db.text("select count(*) from coding_plans.ledger_entry where kind = 'activation'"))
        .isEqualTo("1");
    assertThat(
            db.text(
                """
                select bool_and(balance_microdollars = (select sum(amount_microdollars)
                                                          from coding_plans.ledger_entry e
                                                         where e.user_id = a.user_id))
                  from coding_plans.credit_account a"""))
        .isEqualTo("t");
  }
}
