package dev.codingplans.sample.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codingplans.gateway.spi.entitlement.Secret;
import io.micronaut.http.MutableHttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A format of inference calls: where they go, how they carry a key, how errors look in it. */
enum WireFormat {
  OPENAI(
      "/v1/chat/completions",
      Set.of(
          new UserField(UserField.TOP_LEVEL, "user"),
          new UserField(UserField.TOP_LEVEL, "safety_identifier"))) {
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
  ANTHROPIC("/anthropic/v1/messages", Set.of(new UserField("metadata", "user_id"))) {
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

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<UserField> userFields;

  WireFormat(String upstreamPath, Set<UserField> userFields) {
    this.upstreamPath = upstreamPath;
    this.userFields = userFields;
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

  boolean namesUser(UserField field) {
    return userFields.contains(field);
  }

  boolean namesUserIn(String parent) {
    return userFields.stream().anyMatch(field -> field.parent().equals(parent));
  }
}
