package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no code can do, however wrong it is: Ann has bought, Bob could, and each line is SQL. */
class PurchaseConstraintsTest {

  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
    plugin.credit("ann", 20);
    plugin.credit("bob", 20);
    plugin.stock(PLUS, 2);
    require(plugin.buy("ann", PLUS, "key"), 201);
    new Books(plugin.database())
        .end(UUID.fromString(plugin.database().text("select id from coding_plans.subscription")));
    plugin.credit("ann", 20);
    plugin.stock(PLUS, 1);
    require(plugin.buy("ann", PLUS), 201);
  }

  @AfterAll
  static void stop() {
    try (var running = plugin) {
      assertReconciled(running);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"ofMoney", "ofSubscriptions", "ofCredentials"})
  @DisplayName("P3, P4, P5, P7 the database alone refuses what a purchase must never do")
  void refused(String rule, String what, String constraint, String sql) {
    assertThatExceptionOfType(DatabaseRefusal.class)
        .isThrownBy(() -> plugin.database().execute(sql))
        .withMessageContaining(constraint);
  }

  static Stream<Arguments> ofMoney() {
    return Stream.of(
        Arguments.of(
            "P3",
            "a balance below zero",
            "credit_account_balance_microdollars_check",
            "update coding_plans.credit_account set balance_microdollars = -1 where user_id = 'bob'"),
        Arguments.of(
            "P3",
            "an entry that leaves less than nothing",
            "ledger_entry_balance_after_microdollars_check",
            """
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'bob', 'activation', -20000001, -1, 'x', 'x', now())"""),
        Arguments.of(
            "P3",
            "the same charge twice",
            "ledger_entry_user_id_idempotency_key_key",
            """
            insert into coding_plans.ledger_entry
              (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
            select gen_random_uuid(), user_id, kind, amount_microdollars, 0, description, idempotency_key, now()
              from coding_plans.ledger_entry where kind = 'activation'"""),
        Arguments.of(
            "P3",
            "two terms for one charge",
            "term_ledger_entry_id_key",
            """
            insert into coding_plans.term
            select gen_random_uuid(), subscription_id, 'renewal', period_end, period_end + interval '1 day',
                   cost_microdollars, ledger_entry_id, now()
              from coding_plans.term"""),
        Arguments.of(
            "P7",
            "one key of a client for two things",
            "idempotency_key_pkey",
            """
            insert into coding_plans.idempotency_key
            select scope, key_hash, request_hash, gen_random_uuid() from coding_plans.idempotency_key"""));
  }

  static Stream<Arguments> ofSubscriptions() {
    return Stream.of(
        Arguments.of(
            "P4",
            "two live plans of a provider",
            "subscription_live_provider",
            anotherSubscription("user_id, provider_id, 'other-plan'", "'active', null")),
        Arguments.of(
            "P4",
            "one of them unpaid",
            "subscription_live_provider",
            anotherSubscription("user_id, provider_id, 'other-plan'", "'past_due', now()")),
        Arguments.of(
            "P4",
            "a plan twice",
            "subscription_live_plan",
            anotherSubscription("user_id, 'other', plan_id", "'active', null")),
        Arguments.of(
            "P4",
            "an ended one come to life beside another",
            "subscription_live_",
            """
            update coding_plans.subscription
               set status = 'active', canceled_at = null, cancellation_reason = null
             where status = 'canceled'"""),
        Arguments.of(
            "P4",
            "two keys of a provider",
            "byok_key_user_id_provider_id_key",
            """
            insert into coding_plans.byok_key
            values (gen_random_uuid(), 'ann', 'minimax', 'own', true, '\\x00', 'abcd', null, now(), now())"""));
  }

  static Stream<Arguments> ofCredentials() {
    return Stream.of(
        Arguments.of(
            "P5",
            "a credential for two users",
            "subscription_live_credential",
            anotherSubscription("'bob', provider_id, plan_id", "'active', null")),
        Arguments.of(
            "P5",
            "the key of a plan for somebody else",
            "byok_",
            """
            insert into coding_plans.byok_key
            select gen_random_uuid(), 'bob', 'minimax', 'plan', true, null, null, id, now(), now()
              from coding_plans.subscription where status = 'active'"""),
        Arguments.of(
            "P5",
            "an issued credential back in stock",
            "never returns to stock",
            """
            update coding_plans.credential
               set status = 'available', assigned_to = null, assigned_at = null
             where status = 'assigned'"""),
        Arguments.of(
            "P5",
            "an ended one back in stock",
            "never returns to stock",
            """
            update coding_plans.credential
               set status = 'available', assigned_to = null, assigned_at = null, ciphertext = '\\x00'
             where status = 'revocation_pending'"""),
        Arguments.of(
            "P5",
            "an issued secret stored anew",
            "credential_fingerprint_key",
            """
            insert into coding_plans.credential
              (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status, verified_at, created_at)
            select gen_random_uuid(), provider_id, plan_id, upstream_plan_id, fingerprint, '\\x00', 'available', now(), now()
              from coding_plans.credential where status <> 'available'"""),
        Arguments.of(
            "P5",
            "an issued credential deleted, to be stored anew",
            "subscription_credential_id_fkey",
            "delete from coding_plans.credential where status <> 'available'"),
        Arguments.of(
            "P5",
            "stock that is somebody's",
            "credential_in_stock_is_nobodys",
            "update coding_plans.credential set assigned_to = 'bob' where status = 'available'"),
        Arguments.of(
            "P6",
            "stock that nothing proves and nobody approved",
            "credential_in_stock_is_proven",
            "update coding_plans.credential set verified_at = null where status = 'available'"),
        Arguments.of(
            "P6",
            "a credential in use without its text",
            "credential_in_use_has_ciphertext",
            "update coding_plans.credential set ciphertext = null where status = 'assigned'"));
  }

  /** Ann's live subscription once more, as somebody's of something, in some state. */
  private static String anotherSubscription(String identity, String state) {
    return """
        insert into coding_plans.subscription
          (id, user_id, provider_id, plan_id, status, grace_ends_at, price_microdollars, period_days,
           current_period_start, current_period_end, renewal_at, credential_id, created_at)
        select gen_random_uuid(), %s, %s, price_microdollars, period_days,
               current_period_start, current_period_end, renewal_at, credential_id, created_at
          from coding_plans.subscription where user_id = 'ann' and status = 'active'"""
        .formatted(identity, state);
  }
}
