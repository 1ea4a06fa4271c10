package dev.codingplans.sample.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls the gateway as one of the demo's users, by the same door as everybody else. */
final class DemoClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI gateway;
  private final DemoTokens tokens;

  DemoClient(URI gateway, DemoTokens tokens) {
    this.gateway = gateway;
    this.tokens = tokens;
  }

  JsonNode get(DemoUser user, String path) {
    return send(request(user, path).GET().build());
  }

  JsonNode put(DemoUser user, String path, Map<String, Object> body) {
    return send(request(user, path).PUT(BodyPublishers.ofString(write(body))).build());
  }

  JsonNode post(DemoUser user, String path, String idempotencyKey, Map<String, Object> body) {
    return send(
        request(user, path)
            .header("idempotency-key", idempotencyKey)
            .POST(BodyPublishers.ofString(write(body)))
            .build());
  }

  private HttpRequest.Builder request(DemoUser user, String path) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(TIMEOUT)
        .header("authorization", "Bearer " + tokens.of(user))
        .header("content-type", "application/json");
  }

  private JsonNode send(HttpRequest request) {
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            request.method()
                + " "
                + request.uri().getPath()
                + " was answered "
                + answer.statusCode()
                + ": "
                + answer.body());
      }
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the demo is filled", e);
    }
  }

  private String write(Map<String, Object> body) {
    try {
      return json.writeValueAsString(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
