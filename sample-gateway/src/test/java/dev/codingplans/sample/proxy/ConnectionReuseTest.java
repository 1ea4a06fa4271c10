package dev.codingplans.sample.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

  @Test
  @DisplayName("a client that leaves the end of its answer unread takes nobody's connection away")
  void leavesOthersAlone() throws Exception {
    var begun = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var reused = new CountDownLatch(1);
    var left = new CountDownLatch(1);
    var leftOpen = new CompletableFuture<Boolean>();
    provider.answers(
        exchange -> {
          exchange.send(
              "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                  + "transfer-encoding: chunked\r\n\r\n7\r\ndata: \n\r\n");
          FakeProvider.await(begun);
          // More than the client takes unread, in few enough bytes to be read at once.
          exchange.send("19000\r\n" + "x".repeat(0x19000) + "\r\n0\r\n\r\n");
          free.countDown();
          exchange.takeNext();
          reused.countDown();
          FakeProvider.await(left);
          leftOpen.complete(exchange.isLeftOpen());
          exchange.answerAndKeep(200, "{\"of\":\"second\"}");
        });

    CompletableFuture<String> second;
    try (var client = gateway.connect("HTTP/1.1", "{\"model\":\"minimax/M\",\"stream\":true}")) {
      readUntil(client, "data: ");
      begun.countDown();
      FakeProvider.await(free);
      // Time enough for the gateway to take the rest.
      gateway.send(gateway.request("/v1/models"));
      second = CompletableFuture.supplyAsync(this::chat);
      FakeProvider.await(reused);
      client.setSoLinger(true, 0);
    }
    left.countDown();

    assertThat(leftOpen.get(5, TimeUnit.SECONDS)).isTrue();
    assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo("{\"of\":\"second\"}");
  }

  @Test
  @DisplayName("a long failure that has come whole leaves the connection to the next call")
  void keepsTheConnectionOfLongFailures() throws Exception {
    var error = "x".repeat(70_000);
    provider.answers(
        exchange -> {
          exchange.answerAndKeep(500, error);
          exchange.takeNext();
          exchange.answerAndKeep(200, "{\"of\":\"second\"}");
        });

    assertThat(gateway.chat().statusCode()).isEqualTo(502);
    assertThat(gateway.chat().body()).isEqualTo("{\"of\":\"second\"}");
  }

  private String chat() {
    try {
      return gateway.chat().body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void readUntil(Socket client, String expected) throws Exception {
    var seen = new StringBuilder();
    while (seen.indexOf(expected) < 0) {
      var next = client.getInputStream().readNBytes(1);
      assertThat(next).hasSize(1);
      seen.append(new String(next, ISO_8859_1));
    }
  }
}
