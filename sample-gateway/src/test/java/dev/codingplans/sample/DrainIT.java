package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.sample.proxy.FakeProvider;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway that is told to stop while answers stream")
class DrainIT {

  private static final String FIRST = "data: first\n\n";
  private static final String LAST = "data: last\n\n";
  private static final String END = "0\r\n\r\n";
  private static final String ENDING = "{\"model\":\"minimax/M\",\"stream\":true}";
  private static final String ENDLESS = "{\"model\":\"minimax/M\",\"stream\":true,\"endless\":1}";

  private static final String WAITING = "{\"model\":\"minimax/M\",\"waiting\":1}";

  @TempDir private Path folder;
  private final CountDownLatch asked = new CountDownLatch(1);

  @Test
  @DisplayName("lets them end for ten seconds, takes nothing new meanwhile, and then ends itself")
  void drains() throws Exception {
    var goOn = new CountDownLatch(1);
    try (var provider = new FakeProvider();
        var gateway = run(provider.address())) {
      provider.answers(exchange -> answer(exchange, goOn));
      var wire = new Wire(gateway.awaitServing().gateway());
      try (var ending = open(wire, ENDING);
          var endless = open(wire, ENDLESS);
          var waiting = wire.connect();
          var idle = wire.connect();
          var silent = wire.connect()) {
        write(waiting, chat(WAITING));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        write(idle, Wire.head("GET", "/health", "\r\n"));
        readUntil(idle, "\"UP\"}");

        gateway.terminate();
        Awaitility.await().until(() -> gateway.output().contains("The gateway stops."));
        var told = System.nanoTime();

        requireNothingNew(wire);
        requireRefused(idle);
        requireRefused(silent);
        goOn.countDown();
        assertThat(readUntil(ending, END)).contains(LAST);
        assertThat(rest(waiting)).startsWith("HTTP/1.1 200 ").endsWith("{\"id\":1}");
        assertThat(gateway.handle().isAlive()).isTrue();

        assertThat(rest(endless)).doesNotContain(END);
        // Ten seconds less what it took to see that it stops.
        assertThat(System.nanoTime() - told).isGreaterThan(TimeUnit.SECONDS.toNanos(8));
      }
      assertThat(gateway.awaitExit(Duration.ofSeconds(30))).isIn(0, 143);
      assertThat(gateway.output())
          .contains("Cutting off 1 connections")
          .doesNotContain(" ERROR ", "\tat ");
    }
  }

  private GatewayProcess run(URI provider) throws IOException {
    var noPlugins = Files.createDirectory(folder.resolve("plugins"));
    var variables = new HashMap<String, String>();
    variables.put("GATEWAY_PORT", "0");
    variables.put("GATEWAY_PLUGINS_DIR", noPlugins.toString());
    variables.put("DATABASE_URL", TestDatabase.SHARED.url());
    variables.put("JWT_SECRET", Given.JWT_SECRET);
    variables.put("MINIMAX_BASE_URL", provider.toString());
    variables.put("MINIMAX_PLATFORM_KEY", "sk-of-the-host");
    return GatewayProcess.run(folder, variables);
  }

  private void answer(FakeProvider.Exchange exchange, CountDownLatch goOn) throws IOException {
    var request = exchange.request().text();
    if (request.contains("waiting")) {
      asked.countDown();
      await(goOn);
      exchange.answer(200, "application/json", "{\"id\":1}");
      return;
    }
    exchange.stream("text/event-stream");
    exchange.send(FIRST);
    if (request.contains("endless")) {
      exchange.awaitDeparture();
      return;
    }
    await(goOn);
    exchange.send(LAST);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Returns a stream whose first event is there. */
  private static Socket open(Wire wire, String json) throws IOException {
    var socket = wire.connect();
    write(socket, chat(json));
    readUntil(socket, FIRST);
    return socket;
  }

  private static String chat(String json) {
    return Wire.head(
            "POST",
            "/v1/chat/completions",
            "authorization: Bearer "
                + Given.token("ada", Role.USER, Map.of())
                + "\r\ncontent-type: application/json\r\ncontent-length: "
                + json.length()
                + "\r\n\r\n")
        + json;
  }

  private static void requireNothingNew(Wire wire) {
    try (var socket = wire.connect()) {
      requireRefused(socket);
    } catch (IOException e) {
      // Nobody listens any more, which says it best.
    }
  }

  /** Nothing, or a refusal that ends the connection. */
  private static void requireRefused(Socket socket) {
    var answer = "";
    try {
      write(socket, chat(ENDING));
      answer = rest(socket);
    } catch (IOException e) {
      // It was closed already.
    }
    assertThat(answer).doesNotContain(" 200 ");
    if (!answer.isEmpty()) {
      assertThat(answer).startsWith("HTTP/1.1 503 ").containsIgnoringCase("connection: close");
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    var read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      var next = socket.getInputStream().read();
      assertThat(next).as(read.toString()).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  /** Returns what comes until the connection is closed or reset. */
  private static String rest(Socket socket) throws IOException {
    var answer = Wire.read(socket);
    assertThat(answer.closed()).isTrue();
    return answer.text();
  }
}
