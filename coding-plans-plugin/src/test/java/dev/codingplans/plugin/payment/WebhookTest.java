package dev.codingplans.plugin.payment;

import static dev.codingplans.plugin.support.PaymentCalls.SECRET;
import static dev.codingplans.plugin.support.PaymentCalls.payment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.PaymentCalls;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is heard, and what is understood. */
class WebhookTest {

  private static final String NEXT = "whsec_bmV4dC1zZWNyZXQtb2YtdGhlLXBheW1lbnQtc2VydmljZQ==";
  private static final String OTHER = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWFsdG9nZXRoZXI=";
  private static final String BODY = payment("p-1", "ann", 1_000_000);

  private static TestPlugin plugin;
  private static PaymentCalls service;

  @BeforeAll
  static void start() {
    plugin =
        TestPlugin.on(TestDatabase.fresh(), PaymentCalls.settings(SECRET + " " + NEXT), List.of());
    service = new PaymentCalls(plugin);
  }

  @AfterAll
  static void stop() {
    assertThat(plugin.database().texts("select id from coding_plans.payment where id = 'p-1'"))
        .isEmpty();
    plugin.close();
  }

  @Test
  @DisplayName("L2 both secrets are good while one takes the other's place, and no other")
  void secrets() {
    var now = Instant.now().getEpochSecond();
    var next = new PaymentCalls(plugin, NEXT);
    var other = new PaymentCalls(plugin, OTHER);

    assertThat(next.paid("next", "ann", 1_000_000).status()).isEqualTo(200);
    assertThat(other.tell(BODY).code()).isEqualTo("unauthenticated");
    assertThat(other.tell(BODY).status()).isEqualTo(401);
    var both = other.signature(BODY, now) + " " + service.signature(payment("b", "ann", 1), now);
    assertThat(service.send(payment("b", "ann", 1), now, both).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("L2 a signature is of the body as it was sent, and no more than five minutes off")
  void signatures() {
    var now = Instant.now();
    var seconds = now.getEpochSecond();
    var signature = service.signature(BODY, seconds);

    assertThat(service.send(BODY + " ", seconds, signature).status()).isEqualTo(401);
    assertThat(service.send(BODY, seconds - 1, signature).status()).isEqualTo(401);
    assertThat(service.send(BODY, seconds, signature.replace("v1,", "v1a,")).status())
        .isEqualTo(401);
    assertThat(service.send(BODY, seconds, "v1,").status()).isEqualTo(401);
    assertThat(service.send("", seconds, signature).status()).isEqualTo(401);
    assertThat(plugin.call("POST", "/webhooks/payments", "", BODY).status()).isEqualTo(401);
    assertThat(plugin.call("POST", "/webhooks/payments", "admin:root", BODY).status())
        .isEqualTo(401);
    for (var off : List.of(Duration.ofMinutes(-5), Duration.ofMinutes(5).plusSeconds(30))) {
      var at = now.plus(off.isNegative() ? off.minusSeconds(1) : off);
      assertThat(service.tell(BODY, at).status()).as("%s", off).isEqualTo(401);
    }
    for (var off : List.of(Duration.ofMinutes(-4), Duration.ofMinutes(4))) {
      assertThat(service.tell(payment("at" + off, "ann", 1), now.plus(off)).status())
          .as("%s", off)
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1.5",
        "1e3",
        "1e309",
        "1000000000000001",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "\"1000000\"",
        "true",
        "null",
        "[1]"
      })
  @DisplayName("L2 an amount is a whole number from one on, and not beyond reason")
  void amounts(String amount) {
    for (var type : List.of("payment.succeeded", "payment.refunded")) {
      var payment = type.endsWith("refunded") ? "\"paymentId\": \"p-0\"," : "";
      var answer =
          service.tell(
              """
              {"id": "p-1", "type": "%s", "userId": "ann", %s "amountMicrodollars": %s}"""
                  .formatted(type, payment, amount));
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("invalid_request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"text\"",
        "{}",
        "{\"type\": 1}",
        "{\"type\": \"payment.succeeded\"}",
        "{\"id\": \"p-1\", \"type\": \"payment.succeeded\", \"userId\": \"ann\"}",
        "{\"id\": \"p-1\", \"type\": \"payment.succeeded\", \"amountMicrodollars\": 1}",
        "{\"id\": \"\", \"type\": \"payment.succeeded\", \"userId\": \"ann\", \"amountMicrodollars\": 1}",
        "{\"id\": 7, \"type\": \"payment.succeeded\", \"userId\": \"ann\", \"amountMicrodollars\": 1}",
        "{\"id\": \"p-1\", \"type\": \"payment.succeeded\", \"userId\": \"\", \"amountMicrodollars\": 1}",
        "{\"id\": \"p-1\", \"type\": \"payment.succeeded\", \"userId\": \"ann\", \"amountMicrodollars\": 1, \"x\": 1}",
        "{\"id\": \"p-1\", \"type\": \"payment.succeeded\", \"userId\": \"ann\", \"amountMicrodollars\": 1, \"paymentId\": \"p\"}",
        "{\"id\": \"p-1\", \"type\": \"payment.refunded\", \"userId\": \"ann\", \"amountMicrodollars\": 1}",
        "{\"id\": \"p-1\", \"id\": \"p-2\", \"type\": \"payment.succeeded\", \"userId\": \"ann\", \"amountMicrodollars\": 1}",
        "{\"id\": \"p-1\", \"type\": \"payment.succeeded\", \"userId\": \"ann\", \"amountMicrodollars\": 1} x"
      })
  @DisplayName("L2 what is not understood exactly is refused, and never halfway")
  void malformed(String body) {
    var answer = service.tell(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("L2 other types are ignored, whatever they hold")
  void otherTypes() {
    assertThat(service.tell("{\"type\": \"payment.failed\", \"data\": {\"id\": 1}}").status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("L2 without a secret there is no such endpoint")
  void unset() {
    try (var deaf = TestPlugin.on(plugin.database(), PaymentCalls.settings(""), List.of())) {
      assertThat(new PaymentCalls(deaf).tell(BODY).status()).isEqualTo(404);
      assertThat(deaf.call("POST", "/webhooks/others", "", BODY).status()).isEqualTo(404);
    }
  }
}
