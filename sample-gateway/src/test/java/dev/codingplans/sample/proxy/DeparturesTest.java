package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave, at whatever point: nothing of their calls stays behind. */
class DeparturesTest {

  private static final String BODY = "{\"model\":\"minimax/M\",\"stream\":true,\"messages\":[]}";
  private static final String HEAD =
      "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer "
          + FakeHost.TOKEN
          + "\r\ncontent-type: application/json\r\ncontent-length: "
          + BODY.length()
          + "\r\n\r\n";
  private static final int PIECES = 4;
  private static final int MOST_QUEUED = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Semaphore asked = new Semaphore(0);
  private final Semaphore departed = new Semaphore(0);
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

  @Test
  @DisplayName("within the request, nobody is asked and nothing is kept")
  void withinTheRequest() throws Exception {
    var request = HEAD + BODY;
    for (var bytes :
        List.of(1, HEAD.length() - 1, HEAD.length(), HEAD.length() + 1, request.length() - 1)) {
      try (var client = connect()) {
        write(client, request.substring(0, bytes));
      }
      requireNothingOpen();
    }
    assertThat(provider.wasAsked()).isFalse();
  }

  @ParameterizedTest(name = "after {0} pieces of the answer")
  @ValueSource(ints = {-2, -1, 0, 1, 2, PIECES})
  @DisplayName("the provider is told")
  void whileTheProviderAnswers(int pieces) throws Exception {
    provider.answers(
        exchange -> {
          asked.release();
          if (pieces > -2) {
            exchange.head(200, "text/event-stream", "transfer-encoding: chunked");
          }
          for (int i = 0; i < pieces; i++) {
            exchange.send("9\r\ndata: " + i + "\n\n\r\n");
          }
          exchange.awaitDeparture();
          departed.release();
        });
    for (int i = 0; i < 10; i++) {
      try (var client = connect()) {
        write(client, HEAD + BODY);
        acquire(asked);
        if (pieces > 0) {
          readUntil(client, "data: " + (pieces - 1));
        }
      }
      acquire(departed);
    }
    requireNothingOpen();
  }

  @Test
  @DisplayName("in the middle of what the gateway has not sent yet, nothing is kept")
  void withFullBuffers() throws Exception {
    var piece = "x".repeat(64 * 1024);
    provider.answers(
        exchange -> {
          try {
            exchange.stream("text/event-stream");
            while (true) {
              exchange.send(piece);
            }
          } catch (IOException e) {
            departed.release();
          }
        });
    for (int i = 0; i < 5; i++) {
      try (var client = gateway.connect("HTTP/1.1", BODY)) {
        readUntil(client, "xxxx");
      }
      acquire(departed);
    }
    requireNothingOpen();
  }

  @Test
  @DisplayName("while the provider takes no connection, it is never asked")
  void whileConnecting() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var waiting =
            new Gateway(
                FakeHost.withPlugin(URI.create("http://127.0.0.1:" + busy.getLocalPort())))) {
      var queue = fill(busy);
      try (var client = waiting.connect("HTTP/1.1", BODY)) {
        await()
            .atMost(PATIENCE)
            .until(() -> figure(waiting, "gateway_requests_buffered_bytes") == BODY.length());
        assertThat(client.isConnected()).isTrue();
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(figure(waiting, "gateway_requests_open")).isZero());
      for (var socket : queue) {
        socket.close();
      }
      requireSilence(busy);
    }
  }

  /** Connects until no more connections are taken. */
  private static List<Socket> fill(ServerSocket busy) throws IOException {
    var queue = new ArrayList<Socket>();
    for (int i = 0; i < MOST_QUEUED; i++) {
      var socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(busy.getInetAddress(), busy.getLocalPort()), 300);
        queue.add(socket);
      } catch (SocketTimeoutException e) {
        socket.close();
        return queue;
      }
    }
    throw new AssertionError("the queue does not fill");
  }

  /** Takes all connections that come within a few seconds; nothing is asked on any of them. */
  private static void requireSilence(ServerSocket busy) throws IOException {
    busy.setSoTimeout(3_000);
    for (int i = 0; i < MOST_QUEUED; i++) {
      Socket connection;
      try {
        connection = busy.accept();
      } catch (SocketTimeoutException noMore) {
        return;
      }
      try (connection) {
        connection.setSoTimeout(1_000);
        assertThat(connection.getInputStream().read()).isNegative();
      } catch (SocketTimeoutException silent) {
        // Connected, and asked nothing.
      }
    }
  }

  private Socket connect() throws IOException {
    return new Socket("127.0.0.1", gateway.uri("/").getPort());
  }

  private void requireNothingOpen() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(figure(gateway, "gateway_requests_open")).isZero();
              assertThat(figure(gateway, "gateway_streams_open")).isZero();
              assertThat(figure(gateway, "gateway_requests_buffered_bytes")).isZero();
            });
  }

  private static double figure(Gateway gateway, String name)
      throws IOException, InterruptedException {
    return gateway
        .send(gateway.request("/prometheus"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void acquire(Semaphore semaphore) throws InterruptedException {
    assertThat(semaphore.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void readUntil(Socket socket, String end) throws IOException {
    socket.setSoTimeout((int) PATIENCE.toMillis());
    var read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      var next = socket.getInputStream().read();
      assertThat(next).as(read.toString()).isNotNegative();
      read.append((char) next);
    }
  }
}
