package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.codingplans.sample.payments.FakePayments;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Payments of the gateway with the drop-in jar")
class PaymentIT {

  private static final String USER = "ada";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Pattern ORDER = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "L2, G2 what a payment service promised is credited once, when it says so, and renews")
  void promisedTopUp() throws Exception {
    try (var payments = new FakePayments(exchange -> exchange.sendResponseHeaders(202, -1));
        var installation =
            new Installation(folder)
                .with("PAYMENT_WEBHOOK_SECRET", SECRET)
                .with("TOP_UP_URL", payments.url().toString())
                .with("TOP_UP_SECRET", FakePayments.SECRET);
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      assertThat(calls.stock(Calls.PLAN, List.of("sk-paid")).statusCode()).isEqualTo(202);
      var payment = payment("payment-1");
      assertThat(tell(calls, payment, "v1,bm9uc2Vuc2U=")).isEqualTo(401);
      assertThat(tell(calls, payment)).isEqualTo(200);
      assertThat(calls.buy(USER).statusCode()).isEqualTo(201);
      assertThat(calls.switchAutoTopUpOn(USER).statusCode()).isEqualTo(200);

      endPeriod(installation);
      calls.sweep();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  installation
                      .rows("select state from coding_plans.top_up")
                      .equals(List.of("pending")));
      assertThat(balance(calls)).isZero();
      var order = ORDER.matcher(payments.orders().getFirst());
      assertThat(order.find()).isTrue();
      for (int i = 0; i < 2; i++) {
        assertThat(tell(calls, payment(order.group(1)))).isEqualTo(200);
      }

      assertThat(installation.rows("select status from coding_plans.subscription"))
          .containsExactly("active");
      assertThat(installation.rows("select state from coding_plans.top_up"))
          .containsExactly("succeeded");
      assertThat(balance(calls)).isZero();
      assertThat(
              installation.rows(
                  "select count(*) from coding_plans.ledger_entry where kind = 'paid_credit'"))
          .containsExactly("2");
      calls.assertReconciled();
      assertThat(gateway.output()).doesNotContain(SECRET.substring(6), "ERROR");
    }
  }

  /** Real payments need real time: the subscription is made older instead. */
  private static void endPeriod(Installation installation) throws Exception {
    try (var connection = installation.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          update coding_plans.subscription
             set current_period_start = current_period_start - interval '30 days 1 minute',
                 current_period_end = current_period_end - interval '30 days 1 minute',
                 renewal_at = renewal_at - interval '30 days 1 minute';
          update coding_plans.term
             set period_start = period_start - interval '30 days 1 minute',
                 period_end = period_end - interval '30 days 1 minute'""");
    }
  }

  private static String payment(String id) {
    return """
        {"id":"%s","type":"payment.succeeded","userId":"%s","amountMicrodollars":%d}"""
        .formatted(id, USER, Calls.PRICE);
  }

  private static int tell(Calls calls, String body) throws Exception {
    return tell(calls, body, new Webhook(SECRET).sign("m", Instant.now().getEpochSecond(), body));
  }

  private static int tell(Calls calls, String body, String signature) {
    return calls
        .client()
        .send(
            "POST",
            "/webhooks/payments",
            body,
            "content-type",
            "application/json",
            "webhook-id",
            "m",
            "webhook-timestamp",
            Long.toString(Instant.now().getEpochSecond()),
            "webhook-signature",
            signature)
        .statusCode();
  }

  private static long balance(Calls calls) {
    return Calls.json(calls.get(calls.user(USER), "/api/credits"))
        .get("balanceMicrodollars")
        .asLong();
  }
}
