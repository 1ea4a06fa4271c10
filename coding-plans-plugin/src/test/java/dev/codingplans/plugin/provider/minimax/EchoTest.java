package dev.codingplans.plugin.provider.minimax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.support.Eavesdropper;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.ProviderContext;
import dev.codingplans.plugin.support.ProviderFake;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EchoTest {

  private static final String CANARY = "hunter2";
  private static final Set<Manner> ENDLESS = EnumSet.of(Manner.SLOW, Manner.TRICKLING);

  @Test
  @DisplayName("B2 a key that a provider echoes is in no log and in no result")
  void echoesStayInside() {
    try (var log = Eavesdropper.listeningFor(CANARY);
        var fake = new ProviderFake();
        var context = ProviderContext.calling(fake)) {
      var verifier = context.providers().verifierOf(MiniMax.ID).orElseThrow();
      var reader = context.providers().quotaReaderOf(MiniMax.ID).orElseThrow();

      var results =
          EnumSet.complementOf(EnumSet.copyOf(ENDLESS)).stream()
              .map(manner -> "sk-" + manner.name().toLowerCase(Locale.ROOT) + "-" + CANARY)
              .map(Secret::of)
              .flatMap(key -> Stream.of(verifier.verify(key, List.of("Plus")), reader.read(key)))
              .toList();

      assertThat(fake.calls()).isGreaterThan(results.size());
      assertThat(results.toString()).doesNotContain(CANARY);
      assertThat(log.caught()).isEmpty();
    }
  }
}
