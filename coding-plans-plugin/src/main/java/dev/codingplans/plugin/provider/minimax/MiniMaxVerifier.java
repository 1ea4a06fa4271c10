package dev.codingplans.plugin.provider.minimax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.Provider;
import dev.codingplans.plugin.provider.CredentialVerifier;
import dev.codingplans.plugin.provider.ProviderAnswer.Answered;
import dev.codingplans.plugin.provider.ProviderAnswer.NoAnswer;
import dev.codingplans.plugin.provider.Verification;
import dev.codingplans.plugin.provider.Verification.Rejected;
import dev.codingplans.plugin.provider.Verification.TierMismatch;
import dev.codingplans.plugin.provider.Verification.TierUnknown;
import dev.codingplans.plugin.provider.Verification.Unreachable;
import dev.codingplans.plugin.provider.Verification.Verified;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Proves a key of MiniMax by what is left behind it, and by one token (I4). */
@Singleton
final class MiniMaxVerifier implements CredentialVerifier {

  private static final String USUAL_MODEL = "MiniMax-M2";
  private static final Set<String> FINISHED = Set.of("stop", "length");

  private final MiniMax miniMax;
  private final String oneToken;

  MiniMaxVerifier(MiniMax miniMax, Catalog catalog) {
    this.miniMax = miniMax;
    this.oneToken =
        oneToken(
            catalog.findProvider(MiniMax.ID).map(Provider::models).orElse(List.of()).stream()
                .findFirst()
                .orElse(USUAL_MODEL));
  }

  private static String oneToken(String model) {
    var request = JsonNodeFactory.instance.objectNode();
    request.put("model", model).put("max_tokens", 1);
    request.putArray("messages").addObject().put("role", "user").put("content", "hi");
    return request.toString();
  }

  @Override
  public ProviderId provider() {
    return MiniMax.ID;
  }

  @Override
  public Verification verify(Secret key, List<String> upstreamTitles) {
    return switch (miniMax.quota(key)) {
      case NoAnswer none -> new Unreachable(none.wasAsked());
      case Answered answered -> {
        var json = MiniMax.json(answered.body());
        yield switch (Standing.of(answered.status(), json)) {
          case GOOD -> verify(key, upstreamTitles, new QuotaAnswer(json));
          case KEY_REJECTED -> new Rejected();
          case PLAN_EXHAUSTED, RATE_LIMITED, FAILED -> new Unreachable();
        };
      }
    };
  }

  private Verification verify(Secret key, List<String> upstreamTitles, QuotaAnswer quota) {
    if (!quota.isWellFormed()) {
      return new Unreachable();
    }
    if (!quota.hasPlan()) {
      return new Rejected();
    }
    var title = quota.title();
    if (title.isEmpty()) {
      return generate(key, new TierUnknown());
    }
    return upstreamTitles.stream().anyMatch(wanted -> wanted.strip().equalsIgnoreCase(title.get()))
        ? generate(key, new Verified())
        : new TierMismatch();
  }

  /** A plan that is used up proves nothing: who buys it would get nothing. */
  private Verification generate(Secret key, Verification ifItWorks) {
    return switch (miniMax.generate(key, oneToken)) {
      case NoAnswer none -> new Unreachable(none.wasAsked());
      case Answered answered -> {
        var json = MiniMax.json(answered.body());
        yield switch (Standing.of(answered.status(), json)) {
          case GOOD -> judge(answered.status(), json, ifItWorks);
          case KEY_REJECTED, PLAN_EXHAUSTED -> new Rejected();
          case RATE_LIMITED, FAILED -> new Unreachable();
        };
      }
    };
  }

  private static Verification judge(int status, JsonNode json, Verification ifItWorks) {
    if (status != 200 || !json.isObject()) {
      return new Unreachable();
    }
    return FINISHED.contains(json.at("/choices/0/finish_reason").asText())
        ? ifItWorks
        : new Rejected();
  }
}
