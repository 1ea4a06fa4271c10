package dev.codingplans.sample.demo.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codingplans.sample.time.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * MiniMax as far as the gateway uses it, on a free loopback port: chat in both formats, streamed or
 * not, and the quota answer. Keys are good if they look like {@code sk-sim-plus-…}, {@code …-max-},
 * {@code …-ultra-} or {@code …-own-}.
 */
public final class SimulatedMiniMax implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK = WallClock.utc();
  private static final int MAX_BODY = 16 * 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong answers = new AtomicLong();
  private final ConcurrentMap<String, Integer> callsByKey = new ConcurrentHashMap<>();

  private SimulatedMiniMax(HttpServer server) {
    this.server = server;
  }

  /** Starts it. */
  public static SimulatedMiniMax start() {
    try {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var provider = new SimulatedMiniMax(HttpServer.create(loopback, 0));
      provider.serve();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated provider finds no port", e);
    }
  }

  /** Returns the base address, to be used as {@code MINIMAX_BASE_URL}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Stops it at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The time that answers are stamped with. */
  static long epochSeconds() {
    return TimeUnit.MILLISECONDS.toSeconds(CLOCK.millis());
  }

  private void serve() {
    route("POST", "/v1/chat/completions", this::chat);
    route("POST", "/anthropic/v1/messages", this::message);
    route("GET", "/v1/token_plan/remains", this::quota);
    server.setExecutor(threads);
    server.start();
  }

  private void route(String method, String path, Call call) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)
                || !exchange.getRequestMethod().equals(method)) {
              fail(exchange, 404, 2013, "no such call");
              return;
            }
            var plan = SimulatedPlan.of(exchange.getRequestHeaders());
            if (plan.isEmpty()) {
              fail(exchange, 401, 1004, "login fail: please carry a valid API key");
              return;
            }
            call.answer(exchange, plan.get());
          }
        });
  }

  private void chat(HttpExchange exchange, SimulatedPlan plan) throws IOException {
    var request = body(exchange);
    var answer = new OpenAiAnswer(generate(request, plan));
    if (request.path("stream").asBoolean()) {
      stream(exchange, answer.events(request.at("/stream_options/include_usage").asBoolean()));
    } else {
      send(exchange, 200, answer.whole());
    }
  }

  private void message(HttpExchange exchange, SimulatedPlan plan) throws IOException {
    var request = body(exchange);
    var answer = new AnthropicAnswer(generate(request, plan));
    if (request.path("stream").asBoolean()) {
      stream(exchange, answer.events());
    } else {
      send(exchange, 200, answer.whole());
    }
  }

  private void quota(HttpExchange exchange, SimulatedPlan plan) throws IOException {
    var calls = callsByKey.getOrDefault(plan.key(), 0);
    send(exchange, 200, QuotaAnswer.of(plan, calls, CLOCK.millis()));
  }

  private Generation generate(JsonNode request, SimulatedPlan plan) {
    callsByKey.merge(plan.key(), 1, Integer::sum);
    return Generation.of(request, plan, "sim-" + answers.incrementAndGet());
  }

  /** Reads the body; what is no JSON reads as an empty request, which the model answers as well. */
  private static JsonNode body(HttpExchange exchange) throws IOException {
    try {
      return JSON.readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static void stream(HttpExchange exchange, List<String> events) throws IOException {
    exchange.getResponseHeaders().set("content-type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    try (var out = exchange.getResponseBody()) {
      for (var event : events) {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  private static void fail(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    var answer = JSON.createObjectNode();
    answer.putObject("base_resp").put("status_code", code).put("status_msg", message);
    send(exchange, status, answer.toString());
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @FunctionalInterface
  private interface Call {
    void answer(HttpExchange exchange, SimulatedPlan plan) throws IOException;
  }
}
