package dev.codingplans.sample.proxy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The proxy on a real server, and a client that shows every byte of an answer. */
final class Gateway implements AutoCloseable {

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Gateway(FakeHost host) {
    context =
        ApplicationContext.builder()
            .properties(Map.of("micronaut.server.port", -1))
            .singletons(host)
            .start();
    server = context.getBean(EmbeddedServer.class).start();
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

  HttpResponse<InputStream> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
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
