package dev.codingplans.plugin.provider.minimax;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.provider.ProviderAnswer;
import dev.codingplans.plugin.provider.ProviderCalls;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Pattern;

/** The calls of MiniMax, and how all of its answers are read. */
@Singleton
class MiniMax {

  static final ProviderId ID = new ProviderId("minimax");

  /** Decimals as they are written: a float knows neither all of them nor the largest. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");
  private static final String QUOTA = "/v1/token_plan/remains";
  private static final String CHAT = "/v1/chat/completions";

  private final MiniMaxSettings settings;
  private final ProviderCalls calls;

  MiniMax(MiniMaxSettings settings, ProviderCalls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  ProviderAnswer quota(Secret key) {
    return calls.send(ID, call(QUOTA, key).GET().build());
  }

  ProviderAnswer generate(Secret key, String json) {
    return calls.send(
        ID,
        call(CHAT, key)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder call(String path, Secret key) {
    var text = key.reveal();
    if (!SENDABLE.matcher(text).matches()) {
      // The client would say so too, and quote it.
      throw new IllegalArgumentException("a key does not fit into a header");
    }
    return HttpRequest.newBuilder(settings.call(path))
        .header("accept", "application/json")
        .header("authorization", "Bearer " + text);
  }

  /** Reads a body; what is no JSON has no fields. */
  static JsonNode json(byte[] body) {
    try {
      var json = JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (IOException e) {
      // Not passed on: the parser quotes what it could not read.
      return MissingNode.getInstance();
    }
  }
}
