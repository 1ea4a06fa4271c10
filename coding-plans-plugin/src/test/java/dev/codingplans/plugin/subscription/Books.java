package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy.Verdict;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
    assertThat(
            db.texts("select id from coding_plans.event where type = 'subscription.activated'"))
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
