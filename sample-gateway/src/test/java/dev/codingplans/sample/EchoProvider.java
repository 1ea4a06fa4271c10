package dev.codingplans.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider to which every key is good, and which tells the number at the end of the one sent. */
final class EchoProvider implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  EchoProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", EchoProvider::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What is in an answer to a request with a key that ends so. */
  static String servedBy(String number) {
    return "\"served_by\":\"" + number + "\"";
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var key = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
      var body =
          """
          {"model_remains":[{"model_name":"general"}],"current_subscribe_title":"%s",\
          "choices":[{"index":0,"finish_reason":"length"}],"base_resp":{"status_code":0},%s}"""
              .formatted(Calls.TITLE, servedBy(key.substring(key.lastIndexOf('.') + 1)))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
