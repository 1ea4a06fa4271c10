package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowClientsTest {

  private static final int PROMISED_BYTES = 100_000;

  @Test
  @DisplayName("a body that trickles, and is never silent for long, is given up in the end")
  void trickle() throws Exception {
    try (var provider = new FakeProvider();
        var gateway =
            new Gateway(
                FakeHost.withPlugin(provider.address()),
                Map.of("sample-gateway.request-patience", "200ms"));
        var client = new Socket("127.0.0.1", gateway.uri("/").getPort())) {
      client
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer "
                      + FakeHost.TOKEN
                      + "\r\ncontent-type: application/json\r\ncontent-length: "
                      + PROMISED_BYTES
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));

      // The first byte after the gateway has closed is answered with a reset, the next one fails.
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> sendByteByByte(client));
      assertThat(provider.wasAsked()).isFalse();
    }
  }

  private static void sendByteByByte(Socket client) throws IOException, InterruptedException {
    var never = new CountDownLatch(1);
    for (int i = 0; i < PROMISED_BYTES; i++) {
      client.getOutputStream().write(' ');
      assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
