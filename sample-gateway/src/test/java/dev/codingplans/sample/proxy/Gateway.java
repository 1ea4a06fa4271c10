package dev.codingplans.sample.proxy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The proxy on a real server, and a client that shows every byte of an answer. */
final class Gateway implements AutoCloseable {

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Gateway(FakeHost host) {
    this(host, Map.of());
  }

  Gateway(FakeHost host, Map<String, Object> properties) {
    context =
        ApplicationContext.builder()
            .properties(Map.of("micronaut.server.port", -1))
            .properties(properties)
            .singletons(host)
            .start();
    server = context.getBean(EmbeddedServer.class).start();
  }

  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  URI uri(String path) {
    return server.getURI().resolve(path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(20))
        .header("authorization", "Bearer " + FakeHost.TOKEN);
  }

  HttpRequest.Builder post(String path, String json) {
    return request(path)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> later(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<InputStream> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Connects without a client library, and sends a call of inference. */
  Socket connect(String version, String json) throws IOException {
    var socket = new Socket();
    // Small, so that little of an unread answer leaves the gateway.
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", server.getPort()));
    var request =
        "POST /v1/chat/completions "
            + version
            + "\r\nhost: gateway\r\nauthorization: Bearer "
            + FakeHost.TOKEN
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + json.length()
            + "\r\n\r\n"
            + json;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  HttpResponse<String> chat() throws IOException, InterruptedException {
    return send(post("/v1/chat/completions", "{\"model\":\"minimax/MiniMax-M2\",\"messages\":[]}"));
  }

  HttpResponse<String> message() throws IOException, InterruptedException {
    return send(post("/v1/messages", "{\"model\":\"minimax/MiniMax-M2\",\"messages\":[]}"));
  }

  @Override
  public void close() {
    client.close();
    context.close();
  }
}
