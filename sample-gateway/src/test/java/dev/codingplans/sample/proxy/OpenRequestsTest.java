package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits on what is open at once: 2 requests of a user, and 1,000 bytes of their bodies. */
class OpenRequestsTest {

  private static final ProxySettings.Limits LIMITS =
      new ProxySettings.Limits(800, Duration.ofSeconds(5), Duration.ofSeconds(30), 2_000, 3, 2);

  private final CountDownLatch end = new CountDownLatch(1);
  private FakeProvider provider;
  private Gateway gateway;

  @BeforeEach
  void start() {
    provider = new FakeProvider();
    gateway = new Gateway(FakeHost.withLimits(provider.address(), LIMITS));
  }

  @AfterEach
  void stop() {
    end.countDown();
    gateway.close();
    provider.close();
  }

  @Test
  @DisplayName("a user's third stream is refused until one of two has ended")
  void limitsStreams() throws Exception {
    provider.answers(
        exchange -> {
          exchange.stream("text/event-stream");
          exchange.send("data: first\n\n");
          FakeProvider.await(end);
        });
    var first = gateway.open(chat("{\"model\":\"minimax/M\"}"));
    var second = gateway.open(chat("{\"model\":\"minimax/M\"}"));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);

    assertTooMany(gateway.chat());

    end.countDown();
    first.body().readAllBytes();
    second.body().readAllBytes();
    await().untilAsserted(() -> assertThat(gateway.chat().statusCode()).isEqualTo(200));
  }

  @Test
  @DisplayName("a client that leaves its streams makes room")
  void departureMakesRoom() throws Exception {
    provider.answers(
        exchange -> {
          exchange.stream("text/event-stream");
          exchange.send("data: first\n\n");
          exchange.awaitDeparture();
        });
    for (int i = 0; i < 2; i++) {
      try (var body = gateway.open(chat("{\"model\":\"minimax/M\"}")).body()) {
        assertThat(body.readNBytes(5)).hasSize(5);
      }
    }
    provider.answers(exchange -> exchange.answer(200, "application/json", "{}"));

    await().untilAsserted(() -> assertThat(gateway.chat().statusCode()).isEqualTo(200));
  }

  @Test
  @DisplayName("bodies that would not fit are refused until others have been sent")
  void limitsBodies() throws Exception {
    var body = "{\"model\":\"minimax/M\",\"x\":\"" + "x".repeat(600) + "\"}";
    provider.answers(
        exchange -> {
          FakeProvider.await(end);
          exchange.answer(200, "application/json", "{}");
        });
    var waiting = gateway.later(chat(body));
    provider.takeRequest();

    assertTooMany(gateway.send(chat(body)));

    end.countDown();
    assertThat(waiting.join().statusCode()).isEqualTo(200);
    assertThat(gateway.send(chat(body)).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("a body that does not say how long it is takes the room that it needs")
  void unknownLength() throws Exception {
    provider.answers(
        exchange -> {
          FakeProvider.await(end);
          exchange.answer(200, "application/json", "{}");
        });
    var small = "{\"model\":\"minimax/M\"}".getBytes(StandardCharsets.UTF_8);
    var waiting =
        gateway.later(
            chat("")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(small))));
    provider.takeRequest();

    var large = "{\"model\":\"minimax/M\",\"x\":\"" + "x".repeat(700) + "\"}";
    var second = gateway.later(chat(large));
    provider.takeRequest();

    end.countDown();
    assertThat(waiting.join().statusCode()).isEqualTo(200);
    assertThat(second.join().statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("refused requests take no room")
  void refusalsTakeNoRoom() throws Exception {
    provider.answers(exchange -> exchange.answer(200, "application/json", "{}"));
    for (int i = 0; i < 10; i++) {
      assertThat(gateway.send(chat("no json")).statusCode()).isEqualTo(400);
      assertThat(gateway.send(chat("{\"model\":\"nobody/M\"}")).statusCode()).isEqualTo(404);
    }

    assertThat(gateway.chat().statusCode()).isEqualTo(200);
  }

  private HttpRequest.Builder chat(String json) {
    return gateway.post("/v1/chat/completions", json);
  }

  private static void assertTooMany(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("too_many_requests");
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
  }
}
