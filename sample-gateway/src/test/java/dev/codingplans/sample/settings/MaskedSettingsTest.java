package dev.codingplans.sample.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MaskedSettingsTest {

  @Test
  @DisplayName("B2 no secret is in the settings as they are logged")
  void masksSecrets() {
    var masked =
        MaskedSettings.of(
            Map.of(
                "MINIMAX_PLATFORM_KEY", "sk-1",
                "CODING_PLANS_KEYSET", "{\"key\":1}",
                "CODING_PLANS_WEBHOOKS", "[{\"secret\":\"whsec_1\"}]",
                "DATABASE_URL", "jdbc:postgresql://ann:pw@db/x?password=pw&user=ann",
                "TOP_UP_SECRET", "whsec_1",
                "TOP_UP_URL", "https://ann:pw@pay.example/x",
                "GATEWAY_PORT", "8080"));

    assertThat(masked)
        .containsEntry("MINIMAX_PLATFORM_KEY", "***")
        .containsEntry("CODING_PLANS_KEYSET", "***")
        .containsEntry("CODING_PLANS_WEBHOOKS", "***")
        .containsEntry("DATABASE_URL", "jdbc:postgresql://***@db/x?password=***&user=ann")
        .containsEntry("TOP_UP_SECRET", "***")
        .containsEntry("TOP_UP_URL", "https://***@pay.example/x")
        .containsEntry("GATEWAY_PORT", "8080");
    assertThat(MaskedSettings.of(Map.of("CODING_PLANS_KEYSET", "file:data/keyset.json")))
        .containsEntry("CODING_PLANS_KEYSET", "file:data/keyset.json");
    assertThat(MaskedSettings.of(Map.of("JWT_SECRET", "file:taken-for-the-secret-itself")))
        .containsEntry("JWT_SECRET", "***");
  }
}
