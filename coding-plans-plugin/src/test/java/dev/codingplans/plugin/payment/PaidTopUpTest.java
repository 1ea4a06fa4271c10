package dev.codingplans.plugin.payment;

import static dev.codingplans.plugin.support.PaymentCalls.SECRET;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.PaymentCalls;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestHost;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A top-up of which the payment service tells twice: by its answer and by a payment. */
class PaidTopUpTest {

  private static final long DOLLAR = 1_000_000;

  private final TestDatabase db = TestDatabase.fresh();
  private final CompletableFuture<Result> answer = new CompletableFuture<>();
  private TestPlugin plugin;
  private PaymentCalls service;
  private String topUp = "";

  /** Ann lacks $8 for her renewal, and the payment service was asked for it. */
  @BeforeEach
  void start() {
    TopUpPort port = asked -> answer;
    plugin =
        TestPlugin.on(
            db,
            new TestHost(
                TestPlugin.settings(db, PaymentCalls.settings(SECRET)),
                List.of(),
                port,
                Meters.none()));
    service = new PaymentCalls(plugin);
    var life = new Life(plugin);
    life.subscribe("ann", PLUS, 32);
    TestPlugin.require(
        plugin.call("PUT", "/api/credits/auto-top-up", "user:ann", "{\"enabled\": true}"), 200);
    life.endPeriods();
    life.sweep();
    topUp = db.text("select id from coding_plans.top_up");
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("G2, L2 what was promised is credited once, when the payment comes, and renews")
  void promised() {
    answer.complete(new Result.Pending());
    awaitState("pending");

    service.paid(topUp, "ann", 8 * DOLLAR);
    service.paid(topUp, "ann", 8 * DOLLAR);

    assertThat(state()).isEqualTo("succeeded");
    assertPaid("8000000");
    assertRenewed();
  }

  @Test
  @DisplayName("G2, L2 a payment that comes before the answer is the same as the answer")
  void paymentFirst() {
    service.paid(topUp, "ann", 8 * DOLLAR);
    assertRenewed();

    answer.complete(new Result.Succeeded());

    assertPaid("8000000");
    assertThat(state()).isEqualTo("succeeded");
  }

  @Test
  @DisplayName(
      "G2, L2 what was collected at once is not credited again when it is told as a payment")
  void atOnce() {
    answer.complete(new Result.Succeeded());
    awaitState("succeeded");

    assertThat(service.paid(topUp, "ann", 8 * DOLLAR).status()).isEqualTo(200);

    assertPaid("8000000");
    service.refunded("r-1", topUp, "ann", 8 * DOLLAR);
    assertOwed(8 * DOLLAR);
  }

  @Test
  @DisplayName("G2, L1 what was collected at once can be given back, also if it was never told")
  void refundOfTopUp() {
    answer.complete(new Result.Succeeded());
    awaitState("succeeded");

    service.refunded("r-1", topUp, "ann", 8 * DOLLAR);
    service.paid(topUp, "ann", 8 * DOLLAR);

    assertPaid("8000000");
    assertOwed(8 * DOLLAR);
  }

  @Test
  @DisplayName("G2, L1 a refund that is told before the answer waits, and needs no second telling")
  void refundBeforeAnswer() {
    service.refunded("r-1", topUp, "ann", 8 * DOLLAR);
    assertThat(db.text("select state from coding_plans.payment")).isEqualTo("parked");

    answer.complete(new Result.Succeeded());
    awaitState("succeeded");
    await().untilAsserted(this::assertRenewed);

    var looksOften = new HashMap<>(PaymentCalls.settings(SECRET));
    looksOften.put("CODING_PLANS_SWEEP_INTERVAL", "PT1S");
    try (var node = TestPlugin.on(db, looksOften, List.of())) {
      await()
          .untilAsserted(
              () ->
                  assertThat(db.texts("select id from coding_plans.payment where state = 'parked'"))
                      .isEmpty());
      assertReconciled(node);
    }
    service.refunded("r-1", topUp, "ann", 8 * DOLLAR);
    assertPaid("8000000");
    assertOwed(8 * DOLLAR);
  }

  @Test
  @DisplayName("G2, L2 what comes with another amount is credited as it is, and once")
  void anotherAmount() {
    answer.complete(new Result.Pending());
    awaitState("pending");

    service.paid(topUp, "ann", 9 * DOLLAR);
    service.paid(topUp, "ann", 8 * DOLLAR);

    assertPaid("9000000");
    assertThat(state()).isEqualTo("failed");
  }

  @Test
  @DisplayName("G2, L2 a payment under an id of its own is credited once, and the promise stays")
  void ownId() {
    answer.complete(new Result.Pending());
    awaitState("pending");

    service.paid("p-7", "ann", 8 * DOLLAR);
    service.paid("p-7", "ann", 8 * DOLLAR);

    assertPaid("8000000");
    assertThat(state()).isEqualTo("pending");
    assertRenewed();
  }

  private void awaitState(String state) {
    await().untilAsserted(() -> assertThat(state()).isEqualTo(state));
  }

  private String state() {
    return db.text("select state from coding_plans.top_up");
  }

  /** Beside what the first term was paid with. */
  private void assertPaid(String amount) {
    assertThat(
            db.texts(
                """
                select amount_microdollars from coding_plans.ledger_entry
                 where kind = 'paid_credit' and amount_microdollars <> 32000000"""))
        .containsExactly(amount);
  }

  private void assertRenewed() {
    assertThat(db.text("select status from coding_plans.subscription")).isEqualTo("active");
  }

  private void assertOwed(long microdollars) {
    // The renewal has spent it.
    await()
        .untilAsserted(
            () ->
                assertThat(
                        plugin
                            .get("/api/credits", "user:ann")
                            .json()
                            .get("owedMicrodollars")
                            .asLong())
                    .isEqualTo(microdollars));
  }
}
