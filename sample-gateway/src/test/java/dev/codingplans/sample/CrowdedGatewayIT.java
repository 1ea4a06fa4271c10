package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway with many clients, or slow ones,")
class CrowdedGatewayIT {

  private static final int AT_ONCE = 200;
  private static final int IDLE = 1_000;
  private static final int STALLED_OF_A_KIND = 20;

  @TempDir private static Path folder;
  private static Installation installation;
  private static GatewayProcess gateway;
  private static Calls calls;
  private static Wire wire;
  private static String user;

  @BeforeAll
  static void start() {
    installation =
        new Installation(folder, URI.create("http://127.0.0.1:9"))
            .with("SAMPLE_GATEWAY_REQUEST_PATIENCE", "2s");
    gateway = installation.run();
    calls = new Calls(gateway.awaitServing());
    wire = new Wire(calls.client().gateway());
    user = "authorization: Bearer " + calls.user("somebody") + "\r\n";
  }

  @AfterAll
  static void stop() {
    try {
      assertThat(gateway.output().lines())
          .filteredOn(line -> line.contains(" ERROR ") || line.startsWith("\tat "))
          .isEmpty();
    } finally {
      gateway.close();
      installation.close();
    }
  }

  @Test
  @DisplayName("answers 200 that come at once, each with its own answer")
  void answersAll() throws IOException {
    var crowd = new ArrayList<Socket>();
    try {
      for (int n = 0; n < AT_ONCE; n++) {
        crowd.add(wire.connect());
      }
      for (int n = 0; n < AT_ONCE; n++) {
        var path = List.of("/api/plans", "/v1/models", "/health", "/api/byok").get(n % 4);
        write(
            crowd.get(n), Wire.request("GET", path, user + "x-correlation-id: n" + n + "\r\n", ""));
      }
      for (int n = 0; n < AT_ONCE; n++) {
        var answer = Wire.read(crowd.get(n));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).containsIgnoringCase("x-correlation-id: n" + n + "\r\n");
      }
    } finally {
      close(crowd);
    }
  }

  @Test
  @DisplayName("serves while 1,000 connections say nothing")
  void servesBesideIdleConnections() throws IOException {
    var idle = new ArrayList<Socket>();
    try {
      for (int n = 0; n < IDLE; n++) {
        idle.add(wire.connect());
      }
      requireServing();
      write(idle.getLast(), Wire.request("GET", "/api/plans", user, ""));
      assertThat(Wire.read(idle.getLast()).status()).isEqualTo(200);
    } finally {
      close(idle);
    }
  }

  @Test
  @DisplayName("ends those that stop within a request, and serves the others meanwhile")
  void endsStalledRequests() throws IOException {
    var json = user + "content-type: application/json\r\nidempotency-key: k\r\n";
    var starts =
        Stream.of(
            "G",
            "POST /api/subscriptions HTTP/1.1\r\nhost: loc",
            Wire.head("POST", "/api/subscriptions", json + "content-length: 100\r\n\r\n"),
            Wire.head("POST", "/api/subscriptions", json + "content-length: 100\r\n\r\n{"),
            Wire.head("POST", "/api/nowhere", json + "content-length: 9999999\r\n\r\n{"),
            Wire.head("POST", "/v1/chat/completions", json + "content-length: 100\r\n\r\n{"),
            Wire.head("POST", "/v1/messages", json + "transfer-encoding: chunked\r\n\r\n7fffffff"),
            Wire.head("POST", "/v1/messages", json + "transfer-encoding: chunked\r\n\r\n5\r\n{"),
            Wire.head("POST", "/health", json + "content-length: 100\r\n\r\n{"),
            Wire.head("POST", "/nowhere", json + "content-length: 100\r\n\r\n{"));
    var stalled = new ArrayList<Socket>();
    try {
      for (var start :
          starts.flatMap(each -> Collections.nCopies(STALLED_OF_A_KIND, each).stream()).toList()) {
        var socket = wire.connect();
        write(socket, start);
        stalled.add(socket);
      }
      requireServing();
      for (var socket : stalled) {
        assertThat(Wire.read(socket).closed()).isTrue();
      }
      requireServing();
    } finally {
      close(stalled);
    }
  }

  @Test
  @DisplayName("ends a head that comes drop by drop, but not a slow body")
  void boundsHeadsNotBodies() throws Exception {
    try (var head = wire.connect();
        var body = wire.connect()) {
      var sent = "{\"planId\":\"" + Calls.PLAN + "\"}";
      write(head, Wire.head("GET", "/health", "x: "));
      write(
          body,
          Wire.head(
              "POST",
              "/api/subscriptions/preview",
              user
                  + "content-type: application/json\r\nconnection: close\r\ncontent-length: "
                  + sent.length()
                  + "\r\n\r\n"));
      head.setSoTimeout(200);
      for (int at = 0; at < sent.length(); at++) {
        write(body, sent.substring(at, at + 1));
        drop(head);
      }
      assertThat(Wire.read(body).status()).isEqualTo(200);
      assertThat(Wire.read(head).closed()).isTrue();
    }
  }

  /** Sends a byte, and waits for an answer that does not come. */
  private static void drop(Socket head) {
    try {
      write(head, "a");
      assertThat(head.getInputStream().read()).isNegative();
    } catch (IOException e) {
      // It waited, or the connection has been ended.
    }
  }

  private static void requireServing() {
    IntStream.range(0, 10)
        .forEach(
            n -> {
              assertThat(calls.client().get("/health").statusCode()).isEqualTo(200);
              assertThat(calls.get(calls.user("else"), "/api/plans").statusCode()).isEqualTo(200);
              assertThat(calls.get(calls.user("else"), "/v1/models").statusCode()).isEqualTo(200);
            });
  }

  private static void write(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }
}
