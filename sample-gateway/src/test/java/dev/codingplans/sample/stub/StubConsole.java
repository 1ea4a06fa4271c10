package dev.codingplans.sample.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.identity.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Answers with what it was asked, and remembers it. */
final class StubConsole implements HttpHandler {

  private final GatewayHost host;
  private final Runnable stop;
  private final CountDownLatch released = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<String> writes = new ConcurrentLinkedQueue<>();

  StubConsole(GatewayHost host, Runnable stop) {
    this.host = host;
    this.stop = stop;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      switch (path) {
        case "/api/stream" -> stream(exchange, 20);
        case "/api/slow" -> stream(exchange, 2);
        case "/api/release" -> {
          released.countDown();
          answer(exchange, 200, "released");
        }
        case "/api/whoami" -> answer(exchange, 200, whoami(exchange));
        case "/api/page" -> page(exchange);
        case "/api/scheme" ->
            answer(exchange, 200, exchange.getRequestHeaders().get("x-forwarded-proto").toString());
        case "/api/sign-in" ->
            answer(exchange, 200, host.signIn().orElseThrow().returningTo("/usage?a=b"));
        case "/api/host-keys" -> answer(exchange, 200, keys(exchange));
        case "/api/settings" -> answer(exchange, 200, host.settings().get("DATABASE_URL"));
        case "/api/writes" -> answer(exchange, 200, String.join("\n", writes));
        case "/subscriptions" -> {
          exchange.getResponseHeaders().add("location", "/subscriptions?event=plan_purchased");
          answer(exchange, 303, "");
        }
        case "/api/teapot" -> answer(exchange, 418, "{\"code\":\"short_and_stout\"}");
        case "/api/stop" -> stop.run();
        case "/api/byok" -> answer(exchange, 200, "{\"items\":[]}");
        default -> echo(exchange);
      }
    }
  }

  private void echo(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!exchange.getRequestMethod().equals("GET")) {
      writes.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().getFirst("idempotency-key"));
    }
    var headers = exchange.getRequestHeaders();
    exchange.getResponseHeaders().add("x-stub", "yes");
    exchange.getResponseHeaders().add("set-cookie", "a=1");
    exchange.getResponseHeaders().add("set-cookie", "b=2");
    exchange.getResponseHeaders().add("content-type", "application/json");
    var answer =
        """
        {"method":"%s","uri":"%s","host":"%s","test":"%s","hop":"%s","correlation":"%s",\
        "length":%d,"body":"%s","id":"1","state":"done"}"""
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers.getFirst("host"),
                headers.get("x-test"),
                headers.getFirst("x-hop"),
                headers.getFirst("x-correlation-id"),
                body.length(),
                body.length() > 100 ? "" : body.replace("\"", "'"));
    answer(exchange, 201, answer);
  }

  /** Compressed, with a validator and a cookie. */
  private static void page(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.add("etag", "\"v1\"");
    if ("\"v1\"".equals(exchange.getRequestHeaders().getFirst("if-none-match"))) {
      answer(exchange, 304, "");
      return;
    }
    headers.add("content-type", "text/html; charset=utf-8");
    headers.add("content-encoding", "gzip");
    headers.add("vary", "accept-encoding");
    headers.add("set-cookie", "a=" + exchange.getRequestHeaders().getFirst("cookie"));
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write("<p>hello</p>".getBytes(StandardCharsets.UTF_8));
    }
    exchange.sendResponseHeaders(200, bytes.size());
    exchange.getResponseBody().write(bytes.toByteArray());
  }

  private String keys(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return new StubKeys(host.apiKeys().orElseThrow()).answer(exchange.getRequestMethod(), body);
  }

  private String whoami(HttpExchange exchange) {
    var head =
        new RequestHead(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders());
    return host.authenticator()
        .authenticate(head)
        .toCompletableFuture()
        .join()
        .map(
            caller ->
                caller.user()
                    + " "
                    + caller.roles().stream().sorted().toList()
                    + " "
                    + caller.claims().get("kyc"))
        .orElse("nobody");
  }

  private void stream(HttpExchange exchange, int seconds) throws IOException {
    exchange.getResponseHeaders().add("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      body.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
      body.flush();
      var inTime = released.await(seconds, TimeUnit.SECONDS);
      body.write(("data: " + (inTime ? "two" : "late") + "\n\n").getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
