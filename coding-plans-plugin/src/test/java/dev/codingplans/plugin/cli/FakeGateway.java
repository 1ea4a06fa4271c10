package dev.codingplans.plugin.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** A gateway that answers as it is told, and remembers what it was asked. */
final class FakeGateway implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Queue<Answer>> answers = new HashMap<>();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a call; several answers are given one after the other, the last for ever. */
  FakeGateway on(String call, Answer... inTurn) {
    answers.put(call, new ArrayDeque<>(List.of(inTurn)));
    return this;
  }

  FakeGateway on(String call, String json) {
    return on(call, new Answer(200, json));
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  Asked last() {
    return asked.getLast();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      asked.add(
          new Asked(
              call,
              exchange.getRequestHeaders().getFirst("authorization"),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("idempotency-key")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      var inTurn = answers.getOrDefault(call, new ArrayDeque<>(List.of(Answer.UNKNOWN)));
      var answer = inTurn.size() > 1 ? inTurn.remove() : inTurn.element();
      if (answer == Answer.BROKEN_OFF) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("x-correlation-id", "c-1");
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What was asked: method and path, and what came with it. */
  record Asked(String call, String authorization, Optional<String> key, String body) {}

  /** What is answered. */
  record Answer(int status, String body, Map<String, String> headers) {

    /** The connection ends within the head of the answer. */
    static final Answer BROKEN_OFF = new Answer(0, "");

    static final Answer UNKNOWN = problem(404, "not_found", "There is no such thing.");

    Answer(int status, String body) {
      this(status, body, Map.of());
    }

    static Answer problem(int status, String code, String detail) {
      return new Answer(
          status,
          """
          {"type":"about:blank","title":"t","status":%d,"detail":"%s","code":"%s","correlationId":"c-1"}"""
              .formatted(status, detail, code));
    }
  }
}
