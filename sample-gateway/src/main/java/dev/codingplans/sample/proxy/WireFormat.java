package dev.codingplans.sample.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codingplans.gateway.spi.entitlement.Secret;
import io.micronaut.http.MutableHttpHeaders;
import java.nio.charset.StandardCharsets;

/** A format of inference calls: where they go, how they carry a key, how errors look in it. */
enum WireFormat {
  OPENAI("/v1/chat/completions") {
    @Override
    void authorize(MutableHttpHeaders headers, Secret credential) {
      headers.set("authorization", "Bearer " + credential.reveal());
    }

    @Override
    JsonNode error(String code, String message) {
      var json = JsonNodeFactory.instance.objectNode();
      json.putObject("error")
          .put("message", message)
          .put("type", code)
          .putNull("param")
          .put("code", code);
      return json;
    }
  },

  // MiniMax serves this format below a path of its own.
  ANTHROPIC("/anthropic/v1/messages") {
    @Override
    void authorize(MutableHttpHeaders headers, Secret credential) {
      headers.set("x-api-key", credential.reveal());
    }

    @Override
    JsonNode error(String code, String message) {
      var json = JsonNodeFactory.instance.objectNode().put("type", "error");
      json.putObject("error").put("type", code).put("message", message);
      return json;
    }
  };

  private final String upstreamPath;

  WireFormat(String upstreamPath) {
    this.upstreamPath = upstreamPath;
  }

  /** Returns the format that belongs to a path of the gateway. */
  static WireFormat ofPath(String path) {
    return path.equals(InferenceController.ROOT + InferenceController.MESSAGES)
        ? ANTHROPIC
        : OPENAI;
  }

  /** Puts the credential where this format carries it. */
  abstract void authorize(MutableHttpHeaders headers, Secret credential);

  /** Returns the error object of this format. */
  abstract JsonNode error(String code, String message);

  byte[] errorBytes(Refusal refusal) {
    return error(refusal.code().text(), refusal.message())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  String upstreamPath() {
    return upstreamPath;
  }
}
