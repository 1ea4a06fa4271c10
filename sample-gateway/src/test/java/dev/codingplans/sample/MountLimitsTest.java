package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The connections to a console")
class MountLimitsTest {

  private static final String POOL = "micronaut.http.services.console.pool.";
  private static final int CONNECTIONS = 2;

  @TempDir private Path folder;

  @Test
  @DisplayName("are waited for a moment only, and free once the clients that held them are gone")
  void freesConnections() throws Exception {
    StubPluginJar.writeTo(folder);
    var settings = Given.settings(folder);
    settings.putAll(
        Map.of(
            POOL + "max-concurrent-http1-connections",
            CONNECTIONS,
            POOL + "acquire-timeout",
            "200ms"));
    try (var gateway = Given.gateway(false, settings)) {
      var client = new Client(gateway.address());
      var uploads = startUploads(gateway.address());

      await().until(() -> client.get("/api/echo").statusCode() == 503);
      var refused = client.get("/api/echo");
      assertThat(refused.body()).contains("\"code\":\"unavailable\"");
      assertThat(refused.headers().firstValue("retry-after")).isPresent();

      for (var upload : uploads) {
        upload.close();
      }
      await().until(() -> client.get("/api/echo").statusCode() == 201);
    }
  }

  /** As many as there are connections, none of which sends its body to the end. */
  private static List<Socket> startUploads(URI gateway) throws IOException {
    var uploads = new ArrayList<Socket>();
    for (int upload = 0; upload < CONNECTIONS; upload++) {
      var socket = new Socket(gateway.getHost(), gateway.getPort());
      socket
          .getOutputStream()
          .write(
              "POST /api/upload HTTP/1.1\r\nhost: a\r\ncontent-length: 5000\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));
      uploads.add(socket);
    }
    return uploads;
  }
}
