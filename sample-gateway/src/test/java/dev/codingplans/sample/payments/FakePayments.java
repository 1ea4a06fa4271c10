package dev.codingplans.sample.payments;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A payment service of an operator's, which takes signed requests and answers as it is told. */
public final class FakePayments implements AutoCloseable {

  public static final String SECRET = "whsec_c2lnbnMtcmVxdWVzdHMtb2YtdGhlLXRlc3Rz";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> orders = new CopyOnWriteArrayList<>();
  private final List<String> forged = new CopyOnWriteArrayList<>();

  /** What is answered: the status and the body are the handler's. */
  @FunctionalInterface
  public interface Answer {
    void send(HttpExchange exchange) throws IOException, InterruptedException;
  }

  public FakePayments(Answer answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          take(exchange);
          try (exchange) {
            answer.send(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.setExecutor(threads);
    server.start();
  }

  public static Answer of(int status, String body) {
    return exchange -> {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  public static Answer succeeding() {
    return of(200, "{\"status\":\"succeeded\"}");
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/top-ups");
  }

  /** Returns the bodies of the requests whose signatures are right. */
  public List<String> orders() {
    return List.copyOf(orders);
  }

  /** Returns the bodies of all others. */
  public List<String> forged() {
    return List.copyOf(forged);
  }

  private void take(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try {
      new Webhook(SECRET).verify(body, exchange.getRequestHeaders());
      orders.add(body);
    } catch (WebhookVerificationException e) {
      forged.add(body);
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
