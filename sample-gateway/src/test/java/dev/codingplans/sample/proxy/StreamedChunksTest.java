package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pieces of a stream as they are on the wire. */
class StreamedChunksTest {

  private static final String REQUEST = "{\"model\":\"minimax/M\",\"stream\":true}";
  private static final int PATIENCE_MILLIS = 20_000;

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
  @DisplayName("each chunk is one chunk for the client too, and comes before the next one is made")
  void keepsChunks() throws Exception {
    // Events are not what is cut: a chunk may end within one, and within a character.
    var chunks = IntStream.range(0, 40).mapToObj(StreamedChunksTest::chunk).toList();
    var seen = new Semaphore(0);
    provider.answers(
        exchange -> {
          exchange.head(200, "text/event-stream", "transfer-encoding: chunked");
          for (var chunk : chunks) {
            write(exchange, chunk);
            acquire(seen);
          }
          exchange.send("0\r\n\r\n");
        });

    try (var client = gateway.connect("HTTP/1.1", REQUEST)) {
      var in = answer(client);
      for (var chunk : chunks) {
        assertThat(nextChunk(in)).isEqualTo(chunk);
        seen.release();
      }
      assertThat(nextChunk(in)).isEmpty();
    }
  }

  @Test
  @DisplayName("chunks that come at once stay in order, and not a byte is added or lost")
  void keepsOrder() throws Exception {
    var sent = new ByteArrayOutputStream();
    var random = new Random(6);
    provider.answers(
        exchange -> {
          exchange.head(200, "text/event-stream", "transfer-encoding: chunked");
          for (int i = 0; i < 2_000; i++) {
            var chunk = new byte[1 + random.nextInt(i % 100 == 0 ? 100_000 : 200)];
            random.nextBytes(chunk);
            sent.writeBytes(chunk);
            write(exchange, chunk);
          }
          exchange.send("0\r\n\r\n");
        });

    var received = new ByteArrayOutputStream();
    try (var client = gateway.connect("HTTP/1.1", REQUEST)) {
      var in = answer(client);
      for (var chunk = nextChunk(in); chunk.length > 0; chunk = nextChunk(in)) {
        received.writeBytes(chunk);
      }
    }

    assertThat(received.toByteArray()).isEqualTo(sent.toByteArray());
  }

  private static byte[] chunk(int number) {
    return ("data: " + number + " é😀\n\n".repeat(number % 7))
        .substring(number % 3)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void write(FakeProvider.Exchange exchange, byte[] chunk) throws IOException {
    var framed = new ByteArrayOutputStream();
    framed.writeBytes(
        (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    framed.writeBytes(chunk);
    framed.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    exchange.out().write(framed.toByteArray());
    exchange.out().flush();
  }

  /** Reads past the head of an answer in chunks. */
  private static InputStream answer(Socket client) throws IOException {
    client.setSoTimeout(PATIENCE_MILLIS);
    var in = new BufferedInputStream(client.getInputStream());
    assertThat(line(in)).startsWith("HTTP/1.1 200 ");
    var chunked = false;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      chunked |= header.equalsIgnoreCase("transfer-encoding: chunked");
    }
    assertThat(chunked).isTrue();
    return in;
  }

  private static byte[] nextChunk(InputStream in) throws IOException {
    var chunk = in.readNBytes(Integer.parseInt(line(in), 16));
    assertThat(line(in)).isEmpty();
    return chunk;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      assertThat(next).as(line.toString()).isNotNegative();
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  private static void acquire(Semaphore semaphore) throws IOException {
    try {
      if (!semaphore.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("the client saw nothing");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
