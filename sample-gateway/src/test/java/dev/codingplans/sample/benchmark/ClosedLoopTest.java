package dev.codingplans.sample.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The benchmark's load")
class ClosedLoopTest {

  private static final int CONNECTIONS = 4;
  private static final long MILLIS = 200;

  @Test
  @DisplayName("counts every answer once")
  void countsAnswers() throws IOException {
    try (var provider = FixedAnswerServer.listen(Chat.answer())) {
      var result = loadOn(provider);

      assertThat(result.answered()).isPositive().isEqualTo(provider.served());
      assertThat(result.failed()).isZero();
      assertThat(result.nanos()).isGreaterThanOrEqualTo(MILLIS * 1_000_000);
      assertThat(result.p50Nanos()).isPositive().isLessThanOrEqualTo(result.p99Nanos());
    }
  }

  @Test
  @DisplayName("counts answers of another status or size as failures")
  void countsFailures() throws IOException {
    var refusal = new String(Chat.answer(), StandardCharsets.US_ASCII).replace("200 OK", "502 No");
    var cut = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    for (var wrong : new String[] {refusal, cut}) {
      try (var provider = FixedAnswerServer.listen(wrong.getBytes(StandardCharsets.US_ASCII))) {
        var result = loadOn(provider);

        assertThat(result.answered()).isZero();
        assertThat(result.failed()).isPositive().isEqualTo(provider.served());
      }
    }
  }

  @Test
  @DisplayName("goes on with a new connection where a gateway ends one")
  void connectsAgain() throws IOException {
    var last =
        new String(Chat.answer(), StandardCharsets.US_ASCII)
            .replaceFirst("\r\n", "\r\nconnection: close\r\n");
    try (var provider = FixedAnswerServer.listen(last.getBytes(StandardCharsets.US_ASCII))) {
      var result = loadOn(provider);

      assertThat(result.answered()).isEqualTo(provider.served()).isEqualTo(provider.accepted());
      assertThat(result.fault()).isEqualTo("none");
    }
  }

  @Test
  @DisplayName("reads answers that come in chunks, and in pieces")
  void readsChunks() throws IOException {
    var answer =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\nnext";
    var bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII));
    var reader = new MessageReader();
    var whole = false;
    while (!whole) {
      whole = reader.read(bytes.slice(bytes.position(), 1));
      bytes.get();
    }

    assertThat(reader.bodyBytes()).isEqualTo(13);
    assertThat(bytes.remaining()).isEqualTo("next".length());
  }

  @Test
  @DisplayName("asks for 2 KB and is answered 1 KB")
  void hasTheSizesItTells() {
    assertThat(Chat.question()).hasSize(Chat.REQUEST_BYTES);
    assertThat(new String(Chat.answer(), StandardCharsets.US_ASCII))
        .contains("content-length: " + Chat.ANSWER_BYTES);
  }

  private static Load.Result loadOn(FixedAnswerServer provider) throws IOException {
    Thread.ofPlatform().daemon().start(provider::serve);
    return ClosedLoop.run(new Load(provider.port(), CONNECTIONS, MILLIS, "token"));
  }
}
