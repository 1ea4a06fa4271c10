package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one call leaves behind on a connection that serves others after it. */
class ConnectionReuseTest {

  private FakeProvider provider;
  private Gateway gateway;

  @BeforeEach
  void start() {
    provider = new FakeProvider();
    gateway =
        new Gateway(
            FakeHost.withPlugin(provider.address()),
            Map.of("micronaut.server.netty.child-options.so-sndbuf", 4096));
  }

  @AfterEach
  void stop() {
    gateway.close();
    provider.close();
  }

  @ParameterizedTest
  @DisplayName("a hint that comes before an answer is no answer, and nobody gets another's")
  @ValueSource(strings = {"102 Processing", "103 Early Hints\r\nlink: </a>", "100 Continue"})
  void skipsHints(String hint) throws Exception {
    provider.answers(
        exchange -> {
          exchange.send("HTTP/1.1 " + hint + "\r\n\r\n");
          exchange.answerAndKeep(200, "{\"of\":\"first\"}");
          exchange.takeNext();
          exchange.answerAndKeep(200, "{\"of\":\"second\"}");
        });

    assertThat(gateway.chat().body()).isEqualTo("{\"of\":\"first\"}");
    assertThat(gateway.chat().body()).isEqualTo("{\"of\":\"second\"}");
  }

  @Test
  @DisplayName(
      "a provider that wants another protocol is unavailable, and is not asked again there")
  void refusesOtherProtocols() throws Exception {
    var departed = new CountDownLatch(1);
    provider.answers(
        exchange -> {
          exchange.send("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
          exchange.awaitDeparture();
          departed.countDown();
        });

    assertThat(gateway.chat().body()).contains("\"code\":\"upstream_unavailable\"");
    assertThat(departed.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
