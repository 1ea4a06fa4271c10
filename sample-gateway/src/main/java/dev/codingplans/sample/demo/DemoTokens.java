package dev.codingplans.sample.demo;

import dev.codingplans.sample.security.TokenIssuer;
import dev.codingplans.sample.settings.GatewaySettings;
import dev.codingplans.sample.settings.TokenKeys;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Signs the tokens of the demo's users. */
@Singleton
@Requires(property = Demo.FLAG, value = "true")
final class DemoTokens {

  private static final Duration TIME_TO_LIVE = Duration.ofHours(12);

  private final TokenIssuer issuer;

  DemoTokens(GatewaySettings settings, Clock clock) {
    this.issuer =
        switch (settings.tokenKeys()) {
          case TokenKeys.Shared(var secret) -> new TokenIssuer(secret, clock);
          case TokenKeys.Published published ->
              throw new IllegalStateException("the demo signs its own tokens");
        };
  }

  String of(DemoUser user) {
    return issuer.issue(user.caller(), TIME_TO_LIVE);
  }
}
