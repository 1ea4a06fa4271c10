package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that wait for the one connection to their provider. */
class ConnectionLimitsTest {

  private final CountDownLatch end = new CountDownLatch(1);
  private final FakeProvider provider = new FakeProvider();
  private Gateway gateway;

  @AfterEach
  void stop() {
    end.countDown();
    gateway.close();
    provider.close();
  }

  @Test
  @DisplayName("a call whose client leaves while there is no connection yet is never sent")
  void takesCallsBack() throws Exception {
    start(Duration.ofSeconds(20));
    var first = gateway.later(chat("first"));
    assertThat(provider.takeRequest().text()).contains("first");

    try (var client = gateway.connect("HTTP/1.1", "{\"model\":\"minimax/M\",\"x\":\"second\"}")) {
      assertThat(client.isConnected()).isTrue();
      awaitOpenRequests(2);
    }
    awaitOpenRequests(1);
    end.countDown();

    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(gateway.send(chat("third")).statusCode()).isEqualTo(200);
    assertThat(provider.takeRequest().text()).contains("third");
  }

  @Test
  @DisplayName("a request that gets no connection in time is told so")
  void limitsTheWait() throws Exception {
    start(Duration.ofMillis(200));
    var first = gateway.later(chat("first"));
    provider.takeRequest();

    var second = gateway.send(chat("second"));

    assertThat(second.statusCode()).isEqualTo(502);
    assertThat(second.body()).contains("\"code\":\"upstream_unavailable\"");
    end.countDown();
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(provider.wasAsked()).isFalse();
  }

  private void start(Duration patience) {
    provider.answers(
        exchange -> {
          FakeProvider.await(end);
          exchange.answerAndKeep(200, "{}");
          exchange.takeNext();
          exchange.answerAndKeep(200, "{}");
        });
    var limits =
        new ProxySettings.Limits(1 << 20, patience, Duration.ofSeconds(30), 1 << 20, 10, 10)
            .withConnectionsPerProvider(1);
    gateway = new Gateway(FakeHost.withLimits(provider.address(), limits));
  }

  private HttpRequest.Builder chat(String name) {
    return gateway.post("/v1/chat/completions", "{\"model\":\"minimax/M\",\"x\":\"" + name + "\"}");
  }

  private void awaitOpenRequests(int expected) {
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.send(gateway.request("/prometheus").GET()).body())
                    .contains("gateway_requests_open " + expected + ".0"));
  }
}
