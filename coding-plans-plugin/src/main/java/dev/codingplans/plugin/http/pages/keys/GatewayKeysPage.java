package dev.codingplans.plugin.http.pages.keys;

import dev.codingplans.gateway.spi.apikeys.ApiKey;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.List;
import java.util.Optional;

/**
 * The gateway's API keys of a user.
 *
 * @param latest which key was the newest when the form was made
 * @param end what came of the form
 * @param snippets how programs are told of the gateway
 */
record GatewayKeysPage(List<ApiKey> keys, String latest, FormEnd end, List<Snippet> snippets) {

  static GatewayKeysPage of(List<ApiKey> keys, FormEnd end, List<Snippet> snippets) {
    return new GatewayKeysPage(keys, latest(keys), end, snippets);
  }

  /** Returns what tells a list of keys from the same with one more. */
  static String latest(List<ApiKey> keys) {
    return keys.stream().findFirst().map(ApiKey::id).orElse("none");
  }

  /** Returns the name that was asked for in vain, to be put right. */
  String nameToMend() {
    return end instanceof FormEnd.Refused refused ? refused.name().orElse("") : "";
  }

  /** What the page shows of the form that was sent. */
  sealed interface FormEnd {

    /** None was. */
    record NotSent() implements FormEnd {}

    /** There is a new key, whose text is shown this once. */
    record Made(Secret secret) implements FormEnd {

      String text() {
        return secret.reveal();
      }
    }

    /** The host made none. */
    record Refused(Optional<String> name, String detail) implements FormEnd {}
  }
}
