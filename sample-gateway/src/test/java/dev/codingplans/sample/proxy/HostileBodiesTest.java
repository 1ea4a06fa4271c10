package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are to cost the gateway more than others, or to be read in two ways. */
class HostileBodiesTest {

  private static final int LIMIT = 10 << 20;
  private static final String MODEL = "\"model\":\"minimax/M\"";

  private static FakeProvider provider;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    provider = new FakeProvider();
    provider.answers(200, "application/json", "{}");
    gateway = new Gateway(FakeHost.withPlugin(provider.address()));
  }

  @BeforeEach
  void forget() {
    provider.forget();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @ParameterizedTest(name = "filled with {0}")
  @ValueSource(strings = {"x", "\\\\", "\\u0022", "{\\\"model\\\":", "é", "😀"})
  @DisplayName("the model is found at the end of 10 MiB, and nothing else is touched")
  void findsTheModelLast(String filler) throws Exception {
    var start = "{\"messages\":[{\"content\":\"";
    var end = "\"}]," + MODEL + "}";
    var room = LIMIT - start.length() - end.length();
    var repeated = filler.repeat(room / filler.getBytes(StandardCharsets.UTF_8).length);
    var body = (start + repeated + end).getBytes(StandardCharsets.UTF_8);

    assertThat(post(body, "")).startsWith("HTTP/1.1 200 ");

    var sent = new String(body, StandardCharsets.UTF_8).replace("\"minimax/M\"", "\"M\"");
    assertThat(Arrays.equals(provider.takeRequest().body(), sent.getBytes(StandardCharsets.UTF_8)))
        .isTrue();
  }

  static Stream<String> deep() {
    return Stream.of(
        "[".repeat(LIMIT - 100) + MODEL,
        "{\"a\":".repeat((LIMIT - 100) / 5) + MODEL,
        "{" + MODEL + ",\"a\":" + "[".repeat(LIMIT - 100),
        "{\"a\":" + "[".repeat(2_000_000) + "]".repeat(2_000_000) + "," + MODEL + "}",
        "{\"a\":" + "{\"model\":".repeat(500_000) + "1" + "}".repeat(500_000) + "," + MODEL + "}");
  }

  // The bodies themselves would make the report as large as they are.
  @ParameterizedTest(name = "{index}")
  @MethodSource("deep")
  @DisplayName("however deep they are nested, they are answered, and the gateway goes on")
  void survivesDepth(String body) throws Exception {
    var answer = post(body.getBytes(StandardCharsets.UTF_8), "");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("invalid_request");
    assertThat(provider.wasAsked()).isFalse();
    assertThat(gateway.chat().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "{\"model\":\"minimax/M\",\"model\":\"minimax/N\"}",
        "{\"model\":\"minimax/M\",\"messages\":[],\"m\\u006fdel\":\"minimax/N\"}",
        "{\"model\":\"minimax/M\",\"user\":\"a\",\"u\\u0073er\":\"b\"}",
        "{\"model\":\"minimax/M\"}\u0000",
        "\ufeff{\"model\":\"minimax/M\"}",
        "{\"model\":\"minimax/M\",}",
        "{\"model\":\"minimax/M\" \"a\":1}",
        "{\"model\":\"minimax/M\",\"a\":\"\u0001\"}",
        "{\"model\":\"minimax/M\",\"a\":01}",
        "{\"model\":\"minimax/M\",\"a\":NaN}",
        "{\"model\":\"minimax/M\",/* */\"a\":1}",
        "{'model':'minimax/M'}"
      })
  @DisplayName("what others could read in another way is refused")
  void refusesTwoReadings(String body) throws Exception {
    assertThat(post(body.getBytes(StandardCharsets.UTF_8), "")).startsWith("HTTP/1.1 400 ");
    assertThat(provider.wasAsked()).isFalse();
  }

  static Stream<byte[]> notUtf8() {
    return Stream.of(
            "\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080", "\u00e4")
        .map(garbage -> "{\"a\":\"" + garbage + "\"," + MODEL + "}")
        .map(body -> body.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("notUtf8")
  @DisplayName("what is no UTF-8 is refused, wherever it stands")
  void refusesOtherEncodings(byte[] body) throws Exception {
    assertThat(post(body, "")).startsWith("HTTP/1.1 400 ");
    assertThat(provider.wasAsked()).isFalse();
  }

  @Test
  @DisplayName("100 KB of headers are refused, in one or in many")
  void refusesLargeHeads() throws Exception {
    var one = "x-large: " + "a".repeat(100_000) + "\r\n";
    var many = "x-large: aaaaaaaaaaaaaaaa\r\n".repeat(4_000);
    for (var headers : new String[] {one, many}) {
      assertThat(post("{" + MODEL + "}", headers)).matches("(?s)HTTP/1\\.1 4(13|31) .*");
    }
    assertThat(provider.wasAsked()).isFalse();
    assertThat(gateway.chat().statusCode()).isEqualTo(200);
  }

  private static String post(String body, String headers) throws IOException {
    return post(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Returns all that comes back. */
  private static String post(byte[] body, String headers) throws IOException {
    try (var socket = new Socket("127.0.0.1", gateway.uri("/").getPort())) {
      socket.setSoTimeout(30_000);
      var head =
          "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer "
              + FakeHost.TOKEN
              + "\r\n"
              + headers
              + "content-type: application/json\r\nconnection: close\r\ncontent-length: "
              + body.length
              + "\r\n\r\n";
      try {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
      } catch (IOException e) {
        // The gateway has read enough; what it said can still be read.
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
