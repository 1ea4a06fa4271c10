package dev.codingplans.sample;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.sample.payments.FakePayments;
import dev.codingplans.sample.settings.TokenKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Automatic top-up of the gateway with the drop-in jar")
class TopUpIT {

  private static final String USER = "ada";

  @TempDir private Path folder;

  @Test
  @DisplayName("G2, G3 asks the payment service once and renews when it has collected")
  void collects() {
    try (var payments = new FakePayments(FakePayments.succeeding());
        var installation = installation(payments);
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      stock(calls);

      renewWithoutCredit(calls);

      assertThat(payments.orders())
          .singleElement()
          .asString()
          .contains("\"userId\":\"ada\"", "\"amountMicrodollars\":" + Calls.PRICE);
      assertThat(payments.forged()).isEmpty();
      assertThat(gateway.output())
          .contains("TOP_UP_SECRET = ***")
          .doesNotContain(FakePayments.SECRET, "ERROR");
    }
  }

  @Test
  @DisplayName(
      "G2 never asks a second time, if the gateway is killed while it waits for the answer")
  void asksOnceDespiteAKill() {
    var end = new CountDownLatch(1);
    try (var payments =
            new FakePayments(
                exchange -> {
                  end.await();
                  FakePayments.succeeding().send(exchange);
                });
        var installation = installation(payments)) {
      try (var gateway = installation.run()) {
        var calls = new Calls(gateway.awaitServing());
        stock(calls);
        subscribe(calls);
        calls.advance("P30D");
        var sweep = CompletableFuture.supplyAsync(calls::sweep);
        await().atMost(Duration.ofSeconds(30)).until(() -> !payments.orders().isEmpty());
        gateway.kill();
        gateway.awaitExit();
        assertThat(sweep.exceptionally(gone -> null)).succeedsWithin(30, SECONDS);
      }
      end.countDown();
      try (var gateway = installation.run()) {
        var calls = new Calls(gateway.awaitServing());
        assertThat(calls.sweep().get("topUpsRequested").asInt()).isZero();
        assertThat(payments.orders()).hasSize(1);
        assertThat(installation.rows("select status from coding_plans.subscription"))
            .containsExactly("past_due");
        calls.assertReconciled();
      }
    }
  }

  @Test
  @DisplayName("G2, G3 gives credit at once in the demo")
  void givesCreditInTheDemo() {
    try (var demo = GatewayProcess.run(folder, Map.of("GATEWAY_PORT", "0"), "--demo")) {
      var calls = new Calls(demo.awaitServing(), TokenKeys.DEMO_SECRET);
      // The stock is there when the demo greets.
      await().atMost(Duration.ofSeconds(30)).until(() -> demo.output().contains("TOKEN="));

      renewWithoutCredit(calls);
    }
  }

  private Installation installation(FakePayments payments) {
    return new Installation(folder)
        .with("CODING_PLANS_TEST_CLOCK", "true")
        .with("TOP_UP_URL", payments.url().toString())
        .with("TOP_UP_SECRET", FakePayments.SECRET);
  }

  private static void stock(Calls calls) {
    assertThat(calls.stock(Calls.PLAN, List.of("sk-top-up")).statusCode()).isEqualTo(202);
  }

  /** Lets a user without credit come to the end of a paid period. */
  private static void renewWithoutCredit(Calls calls) {
    var path = "/api/subscriptions/" + subscribe(calls).get("id").asText();

    calls.advance("P30D");
    var report = calls.sweep();

    assertThat(report.get("topUpsRequested").asInt()).as(report.toString()).isEqualTo(1);
    var subscription = Calls.json(calls.get(calls.user(USER), path));
    assertThat(subscription.get("status").asText()).isEqualTo("active");
    assertThat(Calls.json(calls.get(calls.user(USER), path + "/terms")).get("items"))
        .as("the one that was bought, and its renewal")
        .hasSize(2);
    calls.assertReconciled();
  }

  /** Spends all credit on a plan, with automatic top-up on. */
  private static JsonNode subscribe(Calls calls) {
    assertThat(calls.fund(USER).statusCode()).isEqualTo(201);
    var bought = calls.buy(USER);
    assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);
    assertThat(calls.switchAutoTopUpOn(USER).statusCode()).isEqualTo(200);
    return Calls.json(bought);
  }
}
