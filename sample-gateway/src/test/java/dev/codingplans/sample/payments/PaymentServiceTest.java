package dev.codingplans.sample.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.TopUp;
import dev.codingplans.sample.settings.TopUpSettings;
import dev.codingplans.sample.time.WallClock;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A payment service")
class PaymentServiceTest {

  private static final String LEAKED = "4111-1111-1111-1111";

  private final TopUp topUp =
      new TopUp(UUID.randomUUID(), new UserId("ann"), 5_000_000, "Renewal of subscription 1");

  @Test
  @DisplayName("G2 is asked once, signed after Standard Webhooks, and says that it succeeded")
  void succeeds() {
    try (var payments = new FakePayments(FakePayments.succeeding())) {
      assertThat(request(payments)).isEqualTo(new Result.Succeeded());
      assertThat(payments.orders())
          .containsExactly(
              """
              {"id":"%s","userId":"ann","amountMicrodollars":5000000,"reference":"Renewal of subscription 1"}"""
                  .formatted(topUp.id()));
      assertThat(payments.forged()).isEmpty();
    }
  }

  @Test
  @DisplayName("G2 may say that the credit is on its way")
  void isPending() {
    try (var payments = new FakePayments(FakePayments.of(202, ""))) {
      assertThat(request(payments)).isEqualTo(new Result.Pending());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"status\":\"declined\", \"card\":\"" + LEAKED + "\"} | did not say",
        "200 | " + LEAKED + " | did not say",
        "200 | '' | did not say",
        "201 | {\"status\":\"succeeded\"} | status 201",
        "402 | " + LEAKED + " | status 402",
        "500 | " + LEAKED + " | status 500"
      })
  @DisplayName("G2 fails with anything else, and nothing of its answer is told")
  void fails(int status, String body, String reason) {
    try (var payments = new FakePayments(FakePayments.of(status, body))) {
      assertThat(request(payments))
          .isInstanceOfSatisfying(
              Result.Failed.class,
              failed -> assertThat(failed.reason()).contains(reason).doesNotContain(LEAKED));
    }
  }

  @Test
  @DisplayName("G2 is not followed to where it redirects")
  void doesNotRedirect() {
    try (var elsewhere = new FakePayments(FakePayments.succeeding());
        var payments =
            new FakePayments(
                exchange -> {
                  exchange.getResponseHeaders().set("location", elsewhere.url().toString());
                  exchange.sendResponseHeaders(307, -1);
                })) {
      assertThat(request(payments))
          .isEqualTo(new Result.Failed("The payment service answered with status 307."));
      assertThat(elsewhere.orders()).isEmpty();
    }
  }

  @Test
  @DisplayName("G2 is read only so far")
  void readsNoHugeAnswers() {
    try (var payments =
        new FakePayments(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              var piece = "x".repeat(64 * 1024).getBytes(java.nio.charset.StandardCharsets.UTF_8);
              for (int n = 0; n < 16 * 1024; n++) {
                exchange.getResponseBody().write(piece);
              }
            })) {
      assertThat(request(payments))
          .isEqualTo(new Result.Failed("The payment service did not say that it succeeded."));
    }
  }

  @Test
  @DisplayName("G2 that is silent, or stops within its answer, leaves the outcome unknown")
  void isNotAwaitedForLong() {
    var end = new CountDownLatch(1);
    try (var silent = new FakePayments(exchange -> end.await());
        var stuck =
            new FakePayments(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write('{');
                  exchange.getResponseBody().flush();
                  end.await();
                })) {
      for (var payments : new FakePayments[] {silent, stuck}) {
        assertThat(catchThrowable(() -> request(payments, Duration.ofMillis(300))))
            .hasRootCauseInstanceOf(PaymentService.NoAnswer.class);
        assertThat(payments.orders()).hasSize(1);
      }
      end.countDown();
    }
  }

  @Test
  @DisplayName("G2 that breaks off leaves the outcome unknown, and nothing of its answer is told")
  void breaksOff() {
    try (var payments =
        new FakePayments(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write(LEAKED.getBytes());
              throw new java.io.IOException("gone");
            })) {
      assertThat(catchThrowable(() -> request(payments)))
          .hasRootCauseInstanceOf(PaymentService.NoAnswer.class)
          .satisfies(failure -> assertThat(failure).hasStackTraceContaining("gave no answer"))
          .satisfies(failure -> assertThat(failure.toString()).doesNotContain(LEAKED));
    }
  }

  @Test
  @DisplayName("G2 that is not there has collected nothing")
  void isNotThere() {
    assertThat(request(URI.create("http://127.0.0.1:9/"), PaymentService.MAX_WAIT))
        .isEqualTo(new Result.Failed("The payment service cannot be reached."));
  }

  private Result request(FakePayments payments) {
    return request(payments, PaymentService.MAX_WAIT);
  }

  private Result request(FakePayments payments, Duration maxWait) {
    return request(payments.url(), maxWait);
  }

  private Result request(URI url, Duration maxWait) {
    var settings = new TopUpSettings.Service(url, Secret.of(FakePayments.SECRET));
    return new PaymentService(settings, WallClock.utc(), maxWait)
        .request(topUp)
        .toCompletableFuture()
        .join();
  }
}
