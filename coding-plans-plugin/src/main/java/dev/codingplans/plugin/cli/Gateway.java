package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.codingplans.plugin.cli.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A gateway's HTTP API, as far as an admin's token opens it. */
final class Gateway implements AutoCloseable {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;
  private static final int OK = 200;
  private static final int MULTIPLE_CHOICES = 300;

  private final GatewayAddress address;
  private final String token;
  private final Duration patience;
  private final HttpClient http;

  /**
   * Makes a client; nothing is sent yet.
   *
   * @param patience how long one answer is waited for
   */
  Gateway(GatewayAddress address, String token, Duration patience) {
    this.address = address;
    this.token = token;
    this.patience = patience;
    // A redirect would carry the token elsewhere.
    this.http =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .build();
  }

  /** Returns what is at the path. */
  JsonNode get(String path) {
    return send(request(path).GET().build()).body();
  }

  /** Makes a change that needs no more said. */
  JsonNode post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()).build()).body();
  }

  /** Makes a change. */
  JsonNode post(String path, JsonNode body) {
    return send(request(path)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build())
        .body();
  }

  /** Makes a change that a repeat with the same key makes no second time. */
  Answer postOnce(String path, String key) {
    return send(request(path).header(IDEMPOTENCY_KEY, key).POST(BodyPublishers.noBody()).build());
  }

  /** Makes a change that says more, and that a repeat with the same key makes no second time. */
  Answer postOnce(String path, String key, JsonNode body) {
    return send(
        request(path)
            .header(IDEMPOTENCY_KEY, key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.at(path))
        .timeout(patience)
        .header("authorization", "Bearer " + token)
        .header("accept", "application/json, application/problem+json");
  }

  private Answer send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      return answer(response, read(response.body()));
    } catch (HttpTimeoutException e) {
      throw unavailable("The gateway at " + address.base() + " did not answer in time.");
    } catch (ConnectException e) {
      throw unavailable(
          "No gateway can be reached at " + address.base() + "; say where it is with --gateway.");
    } catch (SSLException e) {
      throw unavailable("No safe connection to " + address.base() + " can be made.");
    } catch (IOException e) {
      throw unavailable(
          "The gateway at "
              + address.base()
              + " broke off; whether it did what was asked is not known.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("The command was interrupted.");
    }
  }

  /** The request's own limit ends where the body starts. */
  private byte[] read(InputStream body) throws IOException {
    var end = new CompletableFuture<Void>();
    var closed =
        end.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((nothing, timeout) -> close(body));
    try {
      var bytes = body.readNBytes(MAX_ANSWER_BYTES);
      if (closed.isDone()) {
        throw new HttpTimeoutException("the body took too long");
      }
      return bytes;
    } finally {
      end.complete(null);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Failure unavailable(String sentence) {
    return new Failure(Kind.UNAVAILABLE, sentence);
  }

  private static Answer answer(HttpResponse<?> response, byte[] bytes) {
    var status = response.statusCode();
    var body = read(bytes);
    if (status < OK || status >= MULTIPLE_CHOICES) {
      throw Problem.of(
          status,
          body.orElse(MissingNode.getInstance()),
          response.headers().firstValue("x-correlation-id"));
    }
    return new Answer(
        body.orElseThrow(
            () ->
                new Failure(
                    Kind.REFUSED,
                    "What answers there is no gateway with Coding Plans: it sent no JSON.")),
        response.headers().firstValue("Idempotency-Replayed").isPresent());
  }

  private static Optional<JsonNode> read(byte[] bytes) {
    try {
      return Optional.of(JSON.readTree(bytes)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can always be read", e);
    }
  }

  /**
   * What a gateway answered.
   *
   * @param replayed whether the change was made before, with the same key
   */
  record Answer(JsonNode body, boolean replayed) {}
}
