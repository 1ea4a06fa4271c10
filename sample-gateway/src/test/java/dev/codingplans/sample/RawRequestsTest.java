package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request that no library would send")
class RawRequestsTest {

  private static final String LARGE_HEADER = "x: " + "a".repeat(20_000);

  @TempDir private static Path folder;
  private static SampleGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    StubPluginJar.writeTo(folder);
    gateway = Given.gateway(false, Given.settings(folder));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE",
        "POST /v1/messages HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6",
        "POST /api/echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked"
      })
  @DisplayName("is refused with an id that leads to the logs, even if it cannot be read")
  void hasCorrelationId(String head) throws IOException {
    assertThat(send(head)).contains(" 400 Bad Request\r\n", "\r\nx-correlation-id: ");
  }

  @Test
  @DisplayName("is told that it is too large, and not that its body is, if its head is")
  void refusesLargeHeads() throws IOException {
    assertThat(send("GET / HTTP/1.1\r\nhost: a\r\n" + LARGE_HEADER))
        .startsWith("HTTP/1.1 413 ")
        .contains("x-correlation-id: ", "The request is too large.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//x/api/echo", "//x/health", "//x/v1/models"})
  @DisplayName("has another path than it seems is refused")
  void refusesHostsAsPaths(String target) throws IOException {
    assertThat(send("GET " + target + " HTTP/1.1\r\nhost: a"))
        .startsWith("HTTP/1.1 400 ")
        .contains("invalid_request", "x-correlation-id: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/echo", "/health", "/v1/models"})
  @DisplayName("comes from a page elsewhere, to a gateway on this machine, is told that it may not")
  void refusesForeignOrigins(String path) throws IOException {
    var head = "GET " + path + " HTTP/1.1\r\nhost: localhost\r\norigin: ";

    assertThat(send(head + "https://elsewhere.example"))
        .startsWith("HTTP/1.1 403 ")
        .contains("forbidden", "x-correlation-id: ");
    assertThat(send(head + "http://localhost:3000")).doesNotStartWith("HTTP/1.1 403 ");
  }

  /** Returns all that comes back; the connection is to be closed after it. */
  private static String send(String head) throws IOException {
    try (var socket = new Socket(gateway.address().getHost(), gateway.address().getPort())) {
      socket.setSoTimeout(10_000);
      var bytes = (head + "\r\nconnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(bytes);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
