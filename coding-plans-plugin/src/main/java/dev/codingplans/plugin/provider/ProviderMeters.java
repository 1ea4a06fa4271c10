package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.provider.ProviderAnswer.Answered;
import dev.codingplans.plugin.provider.ProviderAnswer.NoAnswer;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;

/** Counts this node's calls of providers, by what came of them. */
@Singleton
final class ProviderMeters {

  private final Meters meters;

  ProviderMeters(Meters meters) {
    this.meters = meters;
  }

  void count(ProviderId provider, ProviderAnswer answer) {
    var outcome =
        switch (answer) {
          case Answered answered -> answered.status() / 100 + "xx";
          case NoAnswer none -> none.reason().name().toLowerCase(Locale.ROOT);
        };
    meters
        .counter("provider.calls", Map.of("provider", provider.value(), "outcome", outcome))
        .increment();
  }
}
