package dev.codingplans.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a client gets. */
record Answer(int status, Map<String, List<String>> headers, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NO_BODY = -1;

  static Answer of(int status, String name, String value) {
    return of(status, Map.of(name, value));
  }

  static Answer of(int status, Map<String, ?> fields) {
    try {
      var json = Map.of("content-type", List.of("application/json"));
      return new Answer(status, json, JSON.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  void send(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().putAll(headers);
      exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
