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

  /** Tells whether a user has nothing but paid credit. */
  boolean isUntouched(String user) {
    return tracesOf(user).equals("0 0 0 0 0 0 0");
  }

  /** Asserts that a user who had the price of one plan has bought it, once and whole. */
  void assertBought(String user) {
    assertThat(tracesOf(user)).isEqualTo("1 1 1 1 1 1 1");
    assertThat(
            db.text(
                "select balance_microdollars from coding_plans.credit_account where user_id = ?",
                user))
        .isEqualTo("0");
  }

  /** Counts everything that a purchase leaves behind. */
  private String tracesOf(String user) {
    return db.text(
        """
        select concat_ws(' ',
          (select count(*) from coding_plans.subscription where user_id = buyer),
          (select count(*) from coding_plans.term
             join coding_plans.subscription on subscription.id = term.subscription_id
            where user_id = buyer),
          (select count(*) from coding_plans.ledger_entry where user_id = buyer and kind = 'activation'),
          (select count(*) from coding_plans.byok_key where user_id = buyer),
          (select count(*) from coding_plans.credential where assigned_to = buyer),
          (select count(*) from coding_plans.idempotency_key where scope = 'user:' || buyer),
          (select count(*) from coding_plans.event where user_id = buyer and type = 'subscription.activated'))
          from (select cast(? as text) as buyer) of""",
        user);
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
