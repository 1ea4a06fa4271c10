package dev.codingplans.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import dev.codingplans.gateway.spi.identity.RequestHead;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request, read whole. */
record Request(RequestHead head, URI uri, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Request of(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var head =
        new RequestHead(
            exchange.getRequestMethod(), uri.getRawPath(), exchange.getRequestHeaders());
    return new Request(head, uri, exchange.getRequestBody().readAllBytes());
  }

  String path() {
    return head.path();
  }

  /** Returns the body as JSON, missing if it is none. */
  JsonNode json() {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
