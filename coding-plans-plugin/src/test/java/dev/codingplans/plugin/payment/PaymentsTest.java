package dev.codingplans.plugin.payment;

import static dev.codingplans.plugin.support.PaymentCalls.SECRET;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.PaymentCalls;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaymentsTest {

  private static final long DOLLAR = 1_000_000;

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;
  private PaymentCalls service;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db, PaymentCalls.settings(SECRET), List.of());
    service = new PaymentCalls(plugin);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("L2, D2 a payment is credited once, starts tenure, and tells; a repeat says nothing")
  void creditsOnce() {
    assertThat(service.paid("p-1", "ann", 20 * DOLLAR).status()).isEqualTo(200);
    var firstPaidAt = credits("ann").get("firstPaidAt").asText();

    assertThat(service.paid("p-1", "ann", 20 * DOLLAR).status()).isEqualTo(200);
    assertThat(service.paid("p-1", "ann", 50 * DOLLAR).status())
        .as("another amount")
        .isEqualTo(200);
    assertThat(service.paid("p-1", "bob", 20 * DOLLAR).status()).as("another user").isEqualTo(200);
    assertThat(service.paid("p-2", "ann", 5 * DOLLAR).status()).isEqualTo(200);

    assertThat(balance("ann")).isEqualTo(25 * DOLLAR);
    assertThat(balance("bob")).isZero();
    assertThat(firstPaidAt).isNotEqualTo("null");
    assertThat(credits("ann").get("firstPaidAt").asText()).isEqualTo(firstPaidAt);
    assertThat(
            db.texts(
                """
                select concat_ws('|', kind, amount_microdollars, idempotency_key)
                  from coding_plans.ledger_entry order by position\
                """))
        .containsExactly("paid_credit|20000000|payment:p-1", "paid_credit|5000000|payment:p-2");
    assertThat(db.texts("select user_id from coding_plans.event where type = 'credit.added'"))
        .containsExactly("ann", "ann");
  }

  @Test
  @DisplayName("L2 the same payment told by many at once is credited once")
  void atOnce() {
    IntStream.range(0, 12)
        .mapToObj(
            i ->
                CompletableFuture.runAsync(
                    () ->
                        TestPlugin.require(
                            service.paid("p-1", i % 2 == 0 ? "ann" : "bob", DOLLAR), 200)))
        .toList()
        .forEach(CompletableFuture::join);

    assertThat(balance("ann") + balance("bob")).isEqualTo(DOLLAR);
  }

  @Test
  @DisplayName("L2, G3 a payment recovers what is past due, at once")
  void recovers() {
    var id = new Life(plugin).subscribe("ann", PLUS, 20);
    new Life(plugin).endPeriods();
    Life.assertSwept(new Life(plugin).sweep(), "pastDueStarted=1 waiting=1");

    service.paid("p-1", "ann", 20 * DOLLAR);

    assertThat(new Life(plugin).status(id)).isEqualTo("active");
    assertThat(balance("ann")).isZero();
  }

  @Test
  @DisplayName("L1 a refund takes what is there, and the rest is shown as owed")
  void refundTakesWhatIsThere() {
    service.paid("p-1", "ann", 30 * DOLLAR);
    plugin.stock(PLUS, 1);
    TestPlugin.require(plugin.buy("ann", PLUS), 201);
    var firstPaidAt = credits("ann").get("firstPaidAt");

    assertThat(service.refunded("r-1", "p-1", "ann", 25 * DOLLAR).status()).isEqualTo(200);
    service.refunded("r-1", "p-1", "ann", 25 * DOLLAR);

    assertThat(balance("ann")).isZero();
    assertThat(owed("ann")).isEqualTo(15 * DOLLAR);
    assertThat(credits("ann").get("firstPaidAt")).as("tenure goes on").isEqualTo(firstPaidAt);
    assertThat(
            db.text(
                """
                select concat_ws('|', amount_microdollars, description)
                  from coding_plans.ledger_entry where kind = 'refund'\
                """))
        .isEqualTo("-10000000|Refund");
  }

  @Test
  @DisplayName("L1 refunds of a payment are together never more than it was")
  void refundsAreBounded() {
    service.paid("p-1", "ann", 10 * DOLLAR);
    service.paid("p-2", "ann", 10 * DOLLAR);

    service.refunded("r-1", "p-1", "ann", 6 * DOLLAR);
    service.refunded("r-2", "p-1", "ann", 6 * DOLLAR);
    service.refunded("r-3", "p-1", "ann", 6 * DOLLAR);

    assertThat(balance("ann")).isEqualTo(10 * DOLLAR);
    assertThat(owed("ann")).isZero();
    assertThat(parked()).isEmpty();
  }

  @Test
  @DisplayName("L1 a refund that comes before its payment waits for it, and is applied with it")
  void refundWaits() {
    assertThat(service.refunded("r-1", "p-1", "ann", 4 * DOLLAR).status()).isEqualTo(200);
    var waiting = parked();
    assertThat(waiting).hasSize(1);
    assertThat(waiting.get(0).get("id").asText()).isEqualTo("r-1");
    assertThat(waiting.get(0).get("type").asText()).isEqualTo("payment.refunded");
    assertThat(waiting.get(0).get("userId").asText()).isEqualTo("ann");
    assertThat(waiting.get(0).get("state").asText()).isEqualTo("parked");

    service.paid("p-1", "ann", 10 * DOLLAR);

    assertThat(balance("ann")).isEqualTo(6 * DOLLAR);
    assertThat(parked()).isEmpty();
    assertThat(plugin.get("/admin/api/payments?state=nonsense", "admin:root").code())
        .isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("L1 a refund that comes while the books are put right waits until they are")
  void refundOfParkedAccount() {
    service.paid("p-1", "ann", 10 * DOLLAR);
    db.execute("update coding_plans.credit_account set parked_at = now()");

    assertThat(service.refunded("r-1", "p-1", "ann", 4 * DOLLAR).status()).isEqualTo(200);
    assertThat(balance("ann")).isEqualTo(10 * DOLLAR);
    assertThat(owed("ann")).as("nothing is given up").isZero();
    assertThat(parked()).hasSize(1);

    db.execute("update coding_plans.credit_account set parked_at = null");
    service.refunded("r-1", "p-1", "ann", 4 * DOLLAR);

    assertThat(balance("ann")).isEqualTo(6 * DOLLAR);
    assertThat(parked()).isEmpty();
  }

  @Test
  @DisplayName("L1, M1 a refund of what requests hold is taken down at once, and applied when free")
  void refundOfLeasedCredit() {
    service.paid("p-1", "ann", 10 * DOLLAR);
    db.execute(
        """
        insert into coding_plans.credit_lease (id, user_id, granted_microdollars, expires_at)
        values (gen_random_uuid(), 'ann', 1, clock_timestamp() + interval '30 seconds')\
        """);

    assertThat(service.refunded("r-1", "p-1", "ann", 10 * DOLLAR).status()).isEqualTo(200);

    assertThat(parked()).hasSize(1);
    await()
        .untilAsserted(
            () ->
                assertThat(db.text("select recalled from coding_plans.credit_lease"))
                    .isEqualTo("t"));
    db.execute("update coding_plans.credit_lease set expires_at = clock_timestamp()");
    await()
        .untilAsserted(
            () -> {
              service.refunded("r-1", "p-1", "ann", 10 * DOLLAR);
              assertThat(parked()).isEmpty();
            });
    assertThat(balance("ann")).isZero();
    assertThat(owed("ann")).isZero();
  }

  @Test
  @DisplayName("X6 what waits for an account that goes is nobody's, also not its user's next one")
  void waitingAtDeletion() {
    service.paid("p-1", "ann", 10 * DOLLAR);
    service.refunded("r-1", "p-2", "ann", 4 * DOLLAR);
    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/ann", "admin:root", ""), 204);

    assertThat(db.texts("select user_id from coding_plans.payment where user_id is not null"))
        .singleElement()
        .isEqualTo(db.text("select user_id from coding_plans.credit_account"));
    var again = "user:ann;iat=" + Instant.now().plusSeconds(60);
    TestPlugin.require(
        plugin.call("PUT", "/api/credits/auto-top-up", again, "{\"enabled\": false}"), 200);
    service.paid("p-2", "ann", 10 * DOLLAR);
    service.refunded("r-1", "p-2", "ann", 4 * DOLLAR);
    assertThat(plugin.get("/api/credits", again).json().get("balanceMicrodollars").asLong())
        .isEqualTo(10 * DOLLAR);
  }

  @Test
  @DisplayName("L1 a refund of somebody else's payment takes nothing from anybody, and is shown")
  void foreignRefund() {
    service.paid("p-1", "ann", 10 * DOLLAR);
    service.paid("p-2", "bob", 10 * DOLLAR);

    service.refunded("r-1", "p-1", "bob", 10 * DOLLAR);

    assertThat(balance("ann") + balance("bob")).isEqualTo(20 * DOLLAR);
    assertThat(parked()).hasSize(1);
  }

  @Test
  @DisplayName("L2 whatever the order, and however often each is told, the end is the same")
  void orderDoesNotMatter() {
    for (long seed = 1; seed <= 12; seed++) {
      var user = "user-" + seed;
      var told = new ArrayList<String>();
      for (int i = 0; i < 2; i++) {
        told.add(PaymentCalls.payment(user + "-p1", user, 10 * DOLLAR));
        told.add(PaymentCalls.payment(user + "-p2", user, 7 * DOLLAR));
        told.add(PaymentCalls.refund(user + "-r1", user + "-p1", user, 4 * DOLLAR));
        told.add(PaymentCalls.refund(user + "-r2", user + "-p1", user, 9 * DOLLAR));
        told.add(PaymentCalls.refund(user + "-r3", user + "-p2", user, 2 * DOLLAR));
        told.add(PaymentCalls.refund(user + "-r4", user + "-p3", user, 1 * DOLLAR));
      }
      Collections.shuffle(told, new Random(seed));
      told.forEach(body -> TestPlugin.require(service.tell(body), 200));

      assertThat(balance(user)).as("seed %d: %s", seed, told).isEqualTo(5 * DOLLAR);
      assertThat(owed(user)).as("seed %d", seed).isZero();
      assertThat(
              db.text(
                  "select count(*) from coding_plans.ledger_entry where kind = 'paid_credit' and"
                      + " user_id = ?",
                  user))
          .isEqualTo("2");
      assertThat(db.texts("select id from coding_plans.payment where user_id = ?", user))
          .as("seed %d: what still waits", seed)
          .containsExactly(user + "-r4");
    }
  }

  @Test
  @DisplayName(
      "X6 what comes for a deleted account is parked and shown, and a new one starts empty")
  void deletedAccount() {
    service.paid("p-1", "ann", 10 * DOLLAR);
    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/ann", "admin:root", ""), 204);

    assertThat(service.paid("p-2", "ann", 5 * DOLLAR).status()).isEqualTo(200);
    assertThat(service.refunded("r-1", "p-1", "ann", 10 * DOLLAR).status()).isEqualTo(200);

    assertThat(parked()).extracting(it -> it.get("id").asText()).containsExactly("r-1", "p-2");
    assertThat(db.texts("select user_id from coding_plans.credit_account"))
        .singleElement()
        .asString()
        .startsWith("deleted-");
    assertThat(db.texts("select id from coding_plans.payment where account_id = 'ann'")).isEmpty();
    var again = "user:ann;iat=" + Instant.now().plusSeconds(60);
    TestPlugin.require(
        plugin.call("PUT", "/api/credits/auto-top-up", again, "{\"enabled\": false}"), 200);
    service.refunded("r-2", "p-1", "ann", 1);
    service.paid("p-3", "ann", 3 * DOLLAR);
    var credits = plugin.get("/api/credits", again).json();
    assertThat(credits.get("balanceMicrodollars").asLong()).isEqualTo(3 * DOLLAR);
    assertThat(credits.get("owedMicrodollars").asLong()).isZero();
  }

  private JsonNode credits(String user) {
    return plugin.get("/api/credits", "user:" + user).json();
  }

  private long balance(String user) {
    return credits(user).get("balanceMicrodollars").asLong();
  }

  private long owed(String user) {
    return credits(user).get("owedMicrodollars").asLong();
  }

  private JsonNode parked() {
    var answer = plugin.get("/admin/api/payments?state=parked", "admin:root");
    TestPlugin.require(answer, 200);
    return answer.json().get("items");
  }
}
