package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.sample.proxy.FakeProvider;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway with a heap of 512 MB")
class ManyStreamsIT {

  private static final int STREAMS = 1_000;
  private static final int LEAVING = 500;
  private static final String END = "0\r\n\r\n";

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "keeps 1,000 streams open, passes each its own events, and frees those that are left")
  void keepsStreams() throws Exception {
    var goOn = new CountDownLatch(1);
    var departed = new CountDownLatch(LEAVING);
    try (var provider = new FakeProvider();
        var installation = new Installation(folder, provider.address())) {
      var gateway =
          installation.with("JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC").run();
      try (gateway) {
        var calls = new Calls(gateway.awaitServing());
        subscribe(calls, provider);
        provider.answers(exchange -> stream(exchange, goOn, departed));

        var streams = open(calls);
        for (int n = 0; n < STREAMS; n++) {
          assertThat(readUntil(streams.get(n), "\n\n")).contains(event("first", n));
        }
        assertThat(figure(calls, "gateway_streams_open")).isEqualTo(STREAMS);
        assertThat(figure(calls, "gateway_requests_buffered_bytes")).isZero();

        for (int n = STREAMS - LEAVING; n < STREAMS; n++) {
          streams.get(n).close();
        }
        assertThat(departed.await(30, TimeUnit.SECONDS)).isTrue();
        goOn.countDown();
        for (int n = 0; n < STREAMS - LEAVING; n++) {
          assertThat(readUntil(streams.get(n), END)).contains(event("last", n));
          streams.get(n).close();
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(figure(calls, "gateway_requests_open")).isZero());
        assertThat(figure(calls, "gateway_streams_open")).isZero();
        assertThat(gateway.output()).doesNotContain("OutOfMemory", " ERROR ");
      }
    }
  }

  private static void subscribe(Calls calls, FakeProvider provider) {
    provider.provesKeys(Calls.TITLE);
    assertThat(calls.stock(Calls.PLAN, List.of("sk-streams-1")).statusCode()).isEqualTo(202);
    calls.fund("ada");
    assertThat(calls.buy("ada").statusCode()).isEqualTo(201);
  }

  /** Half of them end when they are told to, the others never. */
  private static void stream(
      FakeProvider.Exchange exchange, CountDownLatch goOn, CountDownLatch departed)
      throws IOException {
    var request = exchange.request().text();
    var number = Integer.parseInt(request.replaceAll("(?s).*\"n\":(\\d+).*", "$1"));
    exchange.stream("text/event-stream");
    exchange.send(event("first", number));
    if (number >= STREAMS - LEAVING) {
      exchange.awaitDeparture();
      departed.countDown();
      return;
    }
    try {
      assertThat(goOn.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    exchange.send(event("last", number));
  }

  private static List<Socket> open(Calls calls) throws IOException {
    var wire = new Wire(calls.client().gateway());
    var headers =
        "authorization: Bearer "
            + calls.user("ada")
            + "\r\ncontent-type: application/json\r\ncontent-length: ";
    var streams = new ArrayList<Socket>();
    for (int n = 0; n < STREAMS; n++) {
      var json = "{\"model\":\"" + Calls.MODEL + "\",\"stream\":true,\"n\":" + n + "}";
      var request =
          Wire.head("POST", "/v1/chat/completions", headers + json.length() + "\r\n\r\n") + json;
      var socket = wire.connect();
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      streams.add(socket);
    }
    return streams;
  }

  private static String event(String name, int number) {
    return "data: " + name + " " + number + "\n\n";
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

  private static double figure(Calls calls, String name) {
    return calls
        .client()
        .get("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
