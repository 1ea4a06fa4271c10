package dev.codingplans.plugin.admin;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invariant is broken by hand, as no part of the product can; exactly its check sees it. */
class ReconciliationTest {

  private static final String LEDGER_OPEN =
      "alter table coding_plans.ledger_entry disable trigger ledger_entry_is_append_only;";

  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.start();
    plugin.credit("ann", 50);
    plugin.stock(PLUS, 2);
    TestPlugin.require(plugin.buy("ann", PLUS), 201);
  }

  @AfterEach
  void stop() {
    plugin.close();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource({"brokenMoney", "brokenAccess"})
  @DisplayName("L3 what breaks an invariant is seen by exactly its check, which names the row")
  void violation(String check, String row, String how, String sql) {
    assertReconciled(plugin);

    plugin.database().execute(sql);

    var answer = reconcile();
    assertThat(answer.get("ok").asBoolean()).isFalse();
    assertThat(failed(answer)).as(answer.toString()).containsExactly(check);
    assertThat(violations(answer, check)).singleElement().asString().matches(row);
  }

  @Test
  @DisplayName("L3 to park an account, no other's rows are summed up or put in order")
  void looksAtOneAccount() {
    var db = plugin.database();
    for (var check : Invariants.ALL.stream().filter(Check::guardsMoney).toList()) {
      var plan =
          String.join(
              "\n",
              db.texts(
                  "explain select from (%s) found where user_id = 'ann'".formatted(check.sql())));

      assertThat(plan)
          .as(check.name())
          .doesNotContainPattern("Subquery Scan.*\\n *Filter: .*user_id = 'ann'");
    }
  }

  static Stream<Arguments> brokenMoney() {
    return Stream.of(
        Arguments.of(
            "balance-equals-entries",
            "account ann",
            "an old entry is changed",
            LEDGER_OPEN
                + """
                update coding_plans.ledger_entry set amount_microdollars = amount_microdollars + 1
                 where kind = 'paid_credit'"""),
        Arguments.of(
            "balance-not-negative",
            "account ann",
            "more is taken than there is",
            """
            alter table coding_plans.credit_account drop constraint credit_account_balance_microdollars_check;
            alter table coding_plans.ledger_entry drop constraint ledger_entry_balance_after_microdollars_check;
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'ann', 'adjustment', -30000001, -1, 'by hand', 'k', now());
            update coding_plans.credit_account set balance_microdollars = -1"""),
        Arguments.of(
            "newest-entry-shows-balance",
            "account ann",
            "the newest entry shows another balance",
            LEDGER_OPEN
                + """
                update coding_plans.ledger_entry
                   set balance_after_microdollars = balance_after_microdollars + 1
                 where kind = 'activation'"""),
        Arguments.of(
            "term-has-its-debit",
            "term [0-9a-f-]{36}",
            "the debit is not what the term cost",
            "update coding_plans.term set cost_microdollars = cost_microdollars + 1"),
        Arguments.of(
            "term-has-its-debit",
            "term [0-9a-f-]{36}",
            "somebody else paid",
            """
            insert into coding_plans.credit_account (user_id, balance_microdollars) values ('bob', 10000000);
            insert into coding_plans.ledger_entry values
              (gen_random_uuid(), default, 'bob', 'granted_credit', 30000000, 30000000, 'by hand', 'k1', now()),
              (gen_random_uuid(), default, 'bob', 'adjustment', -20000000, 10000000, 'by hand', 'k2', now());
            """
                + LEDGER_OPEN
                + """
                update coding_plans.ledger_entry set kind = 'adjustment' where kind = 'activation';
                update coding_plans.ledger_entry set kind = 'activation'
                 where user_id = 'bob' and amount_microdollars < 0;
                update coding_plans.term
                   set ledger_entry_id = (select id from coding_plans.ledger_entry where kind = 'activation')"""),
        Arguments.of(
            "debit-has-its-term",
            "entry [0-9a-f-]{36}",
            "a charge brought nothing",
            """
            update coding_plans.credit_account set balance_microdollars = 29000000;
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'ann', 'activation', -1000000, 29000000, 'by hand', 'k', now())"""),
        Arguments.of(
            "subscription-has-its-activation",
            "subscription [0-9a-f-]{36}",
            "nothing was paid for it",
            LEDGER_OPEN
                + """
                delete from coding_plans.term;
                update coding_plans.ledger_entry set kind = 'adjustment' where kind = 'activation'"""),
        Arguments.of(
            "terms-do-not-overlap",
            "term [0-9a-f-]{36}",
            "a day is in two of them",
            """
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'ann', 'extension', 0, 30000000, 'by hand', 'k', now());
            insert into coding_plans.term
            select gen_random_uuid(), subscription.id, 'extension', current_period_end - interval '1 day',
                   current_period_end, 0, entry.id, now()
              from coding_plans.subscription, coding_plans.ledger_entry entry
             where entry.idempotency_key = 'k'"""),
        Arguments.of(
            "top-up-has-its-credit",
            "top-up [0-9a-f-]{36}",
            "it was collected and not credited",
            """
            insert into coding_plans.top_up
              (id, user_id, subscription_id, due_at, amount_microdollars, state, requested_at, finished_at)
            select gen_random_uuid(), user_id, id, renewal_at, 1, 'succeeded', now(), now()
              from coding_plans.subscription"""),
        Arguments.of(
            "allowance-has-its-debit",
            "allowance [0-9a-f-]{36}",
            "it was paid with something else",
            """
            insert into coding_plans.allowance
            select gen_random_uuid(), 'ann', 'vm', 'vms', 1, 1, 0, now(), now() + interval '1 day', id
              from coding_plans.ledger_entry where kind = 'paid_credit'"""),
        Arguments.of(
            "debit-has-its-allowance",
            "entry [0-9a-f-]{36}",
            "a charge brought no units",
            """
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'ann', 'quota_purchase', 0, 30000000, 'by hand', 'k', now())"""),
        Arguments.of(
            "payment-has-its-entry",
            "payment.succeeded p-1",
            "it is not in the balance",
            """
            insert into coding_plans.payment (type, id, account_id, amount_microdollars, state, received_at)
            values ('payment.succeeded', 'p-1', 'ann', 1, 'applied', now())"""),
        Arguments.of(
            "credit-has-its-payment",
            "entry [0-9a-f-]{36}",
            "it was credited and not written down as paid",
            """
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'ann', 'paid_credit', 0, 30000000, 'by hand', 'payment:p-1', now())"""),
        Arguments.of(
            "refund-has-its-payment",
            "entry [0-9a-f-]{36}",
            "nothing was given back",
            """
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'ann', 'refund', 0, 30000000, 'by hand', 'k', now())"""),
        Arguments.of(
            "refunds-add-up",
            "payment p-1",
            "it counts as given back, and no refund tells why",
            """
            insert into coding_plans.payment
                   (type, id, account_id, amount_microdollars, refunded_microdollars, ledger_entry_id, state, received_at)
            select 'payment.succeeded', 'p-1', 'ann', amount_microdollars, 1, id, 'applied', now()
              from coding_plans.ledger_entry where kind = 'paid_credit'"""));
  }

  static Stream<Arguments> brokenAccess() {
    return Stream.of(
        Arguments.of(
            "allocations-add-up",
            "allowance [0-9a-f-]{36}",
            "a unit is used that nobody took",
            """
            with debit as (
              insert into coding_plans.ledger_entry
              values (gen_random_uuid(), default, 'ann', 'quota_purchase', -1, 29999999, 'by hand', 'k', now())
              returning id),
            charged as (
              update coding_plans.credit_account set balance_microdollars = 29999999 where user_id = 'ann')
            insert into coding_plans.allowance
            select gen_random_uuid(), 'ann', 'vm', 'vms', 1, 2, 2, now(), now() + interval '1 day', id from debit"""),
        Arguments.of(
            "tenure-starts-with-first-payment",
            "account ann",
            "it starts earlier",
            """
            update coding_plans.credit_account set first_paid_at = first_paid_at - interval '1 microsecond'"""),
        Arguments.of(
            "tenure-starts-with-first-payment",
            "account ann",
            "it does not start",
            "update coding_plans.credit_account set first_paid_at = null"),
        Arguments.of(
            "credential-serves-one-subscription",
            "credential [0-9a-f-]{36}",
            "it serves none",
            """
            update coding_plans.credential set status = 'assigned', assigned_to = 'ann', assigned_at = now()
             where status = 'available'"""),
        Arguments.of(
            "credential-serves-one-subscription",
            "credential [0-9a-f-]{36}",
            "it serves two",
            """
            drop index coding_plans.subscription_live_provider, coding_plans.subscription_live_plan,
                       coding_plans.subscription_live_credential;
            insert into coding_plans.subscription
              (id, user_id, provider_id, plan_id, price_microdollars, period_days, status, current_period_start,
               current_period_end, renewal_at, credential_id, created_at)
            select gen_random_uuid(), user_id, provider_id, plan_id, price_microdollars, period_days, status,
                   current_period_start, current_period_end, renewal_at, credential_id, created_at
              from coding_plans.subscription;
            insert into coding_plans.ledger_entry
            values (gen_random_uuid(), default, 'ann', 'activation', 0, 30000000, 'by hand', 'k', now());
            insert into coding_plans.term
            select gen_random_uuid(), second.id, 'activation', now(), now() + interval '1 day', 0, debit.id, now()
              from coding_plans.subscription second, coding_plans.ledger_entry debit
             where debit.idempotency_key = 'k'
               and not exists (select from coding_plans.term where subscription_id = second.id)"""),
        Arguments.of(
            "subscription-has-its-credential",
            "subscription [0-9a-f-]{36}",
            "its credential was ended",
            """
            update coding_plans.credential set status = 'revocation_pending', ciphertext = null
             where status = 'assigned'"""),
        Arguments.of(
            "subscription-has-its-credential",
            "subscription [0-9a-f-]{36}",
            "its credential is of another plan",
            """
            update coding_plans.credential set plan_id = 'minimax-token-plan-max'
             where status = 'assigned'"""),
        Arguments.of(
            "subscription-has-its-credential",
            "subscription [0-9a-f-]{36}",
            "its credential is of another provider",
            "update coding_plans.credential set provider_id = 'another' where status = 'assigned'"),
        Arguments.of(
            "subscription-has-its-credential",
            "subscription [0-9a-f-]{36}",
            "its credential is somebody else's",
            """
            insert into coding_plans.credit_account (user_id) values ('bob');
            update coding_plans.credential set assigned_to = 'bob' where status = 'assigned'"""),
        Arguments.of(
            "managed-key-has-its-subscription",
            "key [0-9a-f-]{36}",
            "the subscription ended and left it",
            """
            update coding_plans.subscription
               set status = 'canceled', canceled_at = now(), cancellation_reason = 'account_deleted';
            update coding_plans.credential set status = 'revocation_pending', ciphertext = null
             where status = 'assigned'"""),
        Arguments.of(
            "deleted-account-holds-nothing",
            "account deleted-00000000-0000-0000-0000-000000000001",
            "it still waits for stock",
            """
            insert into coding_plans.credit_account (user_id) values ('deleted-00000000-0000-0000-0000-000000000001');
            insert into coding_plans.availability_intent values ('deleted-00000000-0000-0000-0000-000000000001', 'any')"""),
        Arguments.of(
            "credential-has-text-while-in-use",
            "credential [0-9a-f-]{36}",
            "text is lost",
            """
            alter table coding_plans.credential drop constraint credential_in_use_has_ciphertext;
            update coding_plans.credential set ciphertext = null where status = 'assigned'"""),
        Arguments.of(
            "credential-has-text-while-in-use",
            "credential [0-9a-f-]{36}",
            "text stays after the end",
            """
            alter table coding_plans.credential drop constraint credential_in_use_has_ciphertext;
            update coding_plans.credential set status = 'revoked' where status = 'available'"""),
        Arguments.of(
            "ended-upload-keeps-no-key",
            "upload [0-9a-f-]{36} line 7",
            "a key is left",
            """
            insert into coding_plans.upload_line
                   (upload_id, line, outcome, id, upstream_plan_id, fingerprint, ciphertext)
            select id, 7, 'stored', gen_random_uuid(), 'any', '\\x01', '\\x00' from coding_plans.upload limit 1"""));
  }

  @Test
  @DisplayName("L3 at most 100 violations of a check are shown")
  void bounded() {
    plugin
        .database()
        .execute(
            """
            insert into coding_plans.credential
              (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status, assigned_to,
               assigned_at, created_at)
            select gen_random_uuid(), 'minimax', 'any', 'any', cast(n::text as bytea), '\\x00', 'assigned', 'ann',
                   now(), now()
              from generate_series(1, 120) n""");

    assertThat(violations(reconcile(), "credential-serves-one-subscription")).hasSize(100);
  }

  @Test
  @DisplayName("L3 an operator's call: nobody else learns what the books look like")
  void adminsOnly() {
    assertThat(plugin.get("/admin/api/reconciliation", "user:ann").status()).isEqualTo(403);
    assertThat(plugin.get("/admin/api/reconciliation", "").status()).isEqualTo(401);
  }

  private JsonNode reconcile() {
    var answer = plugin.get("/admin/api/reconciliation", "admin:root");
    TestPlugin.require(answer, 200);
    return answer.json();
  }

  private static List<String> failed(JsonNode answer) {
    var failed = new ArrayList<String>();
    for (JsonNode check : answer.get("checks")) {
      assertThat(check.get("violations").isEmpty()).isEqualTo(check.get("ok").asBoolean());
      if (!check.get("ok").asBoolean()) {
        failed.add(check.get("name").asText());
      }
    }
    return failed;
  }

  private static List<String> violations(JsonNode answer, String name) {
    var violations = new ArrayList<String>();
    for (JsonNode check : answer.get("checks")) {
      if (check.get("name").asText().equals(name)) {
        check.get("violations").forEach(violation -> violations.add(violation.asText()));
      }
    }
    return violations;
  }
}
