package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTest {

  private static final String EVENTS = "text/event-stream";

  private FakeProvider provider;
  private Gateway gateway;

  @BeforeEach
  void start() {
    provider = new FakeProvider();
    gateway = new Gateway(FakeHost.withPlugin(provider.address()));
  }

  @AfterEach
  void stop() {
    gateway.close();
    provider.close();
  }

  private HttpRequest.Builder streamed() {
    return gateway.post("/v1/chat/completions", "{\"model\":\"minimax/M\",\"stream\":true}");
  }

  @Test
  @DisplayName("each piece reaches the client before the provider makes the next one")
  void passesPiecesAtOnce() throws Exception {
    var seen = new Semaphore(0);
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          for (var i = 0; i < 5; i++) {
            acquire(seen);
            exchange.send("data: piece " + i + "\n\n");
          }
        });

    seen.release();
    var answer = gateway.open(streamed().header("accept-encoding", "gzip, br"));

    assertThat(answer.headers().firstValue("content-type")).contains(EVENTS);
    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    for (var i = 0; i < 5; i++) {
      assertThat(lines.readLine()).isEqualTo("data: piece " + i);
      seen.release();
      assertThat(lines.readLine()).isEmpty();
    }
    assertThat(lines.readLine()).isNull();
  }

  @Test
  @DisplayName("a client that leaves within a stream ends the call to the provider")
  void endsTheCallWithinAStream() throws Exception {
    var departed = new CountDownLatch(1);
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          exchange.send("data: first\n\n");
          exchange.awaitDeparture();
          departed.countDown();
        });

    try (var body = gateway.open(streamed()).body()) {
      assertThat(body.readNBytes(5)).hasSize(5);
    }

    assertThat(departed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("a client that leaves before the answer has begun ends the call too")
  void endsTheCallBeforeAnAnswer() throws Exception {
    var asked = new CountDownLatch(1);
    var departed = new CountDownLatch(1);
    provider.answers(
        exchange -> {
          asked.countDown();
          exchange.awaitDeparture();
          departed.countDown();
        });

    var json = "{\"model\":\"minimax/M\"}";
    try (var client = gateway.connect("HTTP/1.1", json)) {
      assertThat(client.isConnected()).isTrue();
      assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(departed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("a client that leaves between an answer's head and its body ends the call too")
  @ValueSource(strings = {"application/json", EVENTS})
  void endsTheCallBeforeABody(String type) throws Exception {
    var headRead = new CountDownLatch(1);
    var leaving = new CountDownLatch(1);
    var departed = new CountDownLatch(1);
    provider.answers(
        exchange -> {
          exchange.head(200, type, "x-none: none");
          headRead.countDown();
          FakeProvider.await(leaving);
          exchange.awaitDeparture();
          departed.countDown();
        });

    try (var client = gateway.connect("HTTP/1.1", "{\"model\":\"minimax/M\"}")) {
      assertThat(client.isConnected()).isTrue();
      FakeProvider.await(headRead);
      // Time enough for the gateway to take the head.
      gateway.send(gateway.request("/v1/models"));
    }
    leaving.countDown();

    assertThat(departed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("a client of HTTP/1.0 gets an answer without chunks that ends with the connection")
  @ValueSource(strings = {"", "connection: keep-alive\r\n"})
  void answersOldClients(String header) throws Exception {
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          exchange.send("data: 1\n\n");
          exchange.send("data: 2\n\n");
        });

    try (var client =
        gateway.connect("HTTP/1.0\r\n" + header + "x-none: none", "{\"model\":\"minimax/M\"}")) {
      client.setSoTimeout(5_000);
      var answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).endsWith("\r\n\r\ndata: 1\n\ndata: 2\n\n");
      assertThat(answer).doesNotContainIgnoringCase("transfer-encoding", "keep-alive");
    }
  }

  @Test
  @DisplayName("the body of a request is gone while its answer streams")
  void keepsNoRequestBodies() throws Exception {
    var size = 4 * 1024 * 1024;
    var json = "{\"model\":\"minimax/M\",\"a\":\"" + "x".repeat(size) + "\"}";
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          exchange.send("data: 1\n\n");
          exchange.awaitDeparture();
        });
    gateway.open(gateway.post("/v1/chat/completions", json)).body().close();
    var before = direct();

    var answers = new ArrayList<InputStream>();
    for (var i = 0; i < 30; i++) {
      provider.forget();
      answers.add(gateway.open(gateway.post("/v1/chat/completions", json)).body());
    }

    var kept = direct() - before;
    for (var answer : answers) {
      answer.close();
    }

    // Not zero: the allocator keeps what one body or a few needed.
    assertThat(kept).isLessThan(15L * size);
  }

  private static long direct() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  @Test
  @DisplayName("a client that reads slowly slows the provider down")
  void keepsBackPressure() throws Exception {
    var total = 64L * 1024 * 1024;
    var sent = new AtomicLong();
    var piece = "x".repeat(64 * 1024);
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          while (sent.get() < total) {
            exchange.send(piece);
            sent.addAndGet(piece.length());
          }
        });

    try (InputStream body = gateway.open(streamed()).body()) {
      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(10))
          .until(new Unchanged(sent)::holds);
      assertThat(sent.get()).isPositive().isLessThan(total / 2);
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(total);
    }
  }

  @Test
  @DisplayName("a stream that the provider breaks off does not look finished")
  void showsBrokenStreams() throws Exception {
    provider.answers(
        exchange -> {
          exchange.head(200, EVENTS, "transfer-encoding: chunked");
          exchange.send("6\r\ndata: \r\n");
        });

    var body = gateway.open(streamed()).body();

    assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
  }

  @Test
  @DisplayName("JSON of unknown length passes unchanged, small or larger than what is looked at")
  void passesChunkedJson() throws Exception {
    for (var length : new int[] {10, 64 * 1024, 300_000, 3_000_000}) {
      var json = "{\"base_resp\":{\"status_code\":0},\"a\":\"" + "y".repeat(length) + "\"}";
      provider.answers(
          exchange -> {
            exchange.head(200, "application/json", "transfer-encoding: chunked");
            for (var at = 0; at < json.length(); at += 50_000) {
              var part = json.substring(at, Math.min(json.length(), at + 50_000));
              exchange.send(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            }
            exchange.send("0\r\n\r\n");
          });

      var answer = gateway.chat();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(json);
    }
  }

  @Test
  @DisplayName("a provider that answers nothing in time is a timeout")
  void timesOut() throws Exception {
    FakeProvider.Script silent = FakeProvider.Exchange::awaitDeparture;
    FakeProvider.Script stalling =
        exchange -> {
          exchange.head(200, "application/json", "content-length: 100");
          exchange.send("{");
          exchange.awaitDeparture();
        };
    try (var impatient =
        new Gateway(FakeHost.withPlugin(provider.address(), Duration.ofMillis(300)))) {
      for (var script : List.of(silent, stalling)) {
        provider.answers(script);

        var answer = impatient.chat();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"upstream_timeout\"");
      }
    }
  }

  @Test
  @DisplayName("a provider that cannot be reached, or hangs up, is unavailable")
  void isUnavailable() throws Exception {
    provider.answers(exchange -> {});
    assertThat(gateway.chat().body()).contains("\"code\":\"upstream_unavailable\"");

    provider.close();
    var answer = gateway.message();

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"type\":\"upstream_unavailable\"");
    assertThat(answer.headers().firstValue("x-gateway-payer")).contains("plan");
  }

  private static void acquire(Semaphore semaphore) throws IOException {
    try {
      if (!semaphore.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new IOException("the client saw nothing");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** A count that stands still between two looks. */
  private static final class Unchanged {
    private final AtomicLong count;
    private long last = -1;

    Unchanged(AtomicLong count) {
      this.count = count;
    }

    boolean holds() {
      var now = count.get();
      var same = now == last && now > 0;
      last = now;
      return same;
    }
  }
}
