package dev.codingplans.plugin.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.plugin.CodingPlansPlugin;
import dev.codingplans.plugin.support.Ear;
import dev.codingplans.plugin.support.ListeningHost;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.vault.Keyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Webhook settings")
class WebhookSettingsTest {

  private static final String KEYSET = Keyset.generate().toJson();
  private static final String SECRET = "whsec_c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtMDE=";
  private static final String GOOD =
      """
      [{"name": "crm", "url": "https://crm.example/hook?x=1", "secret": "%s %s", "types": ["subscription.*", "stock.low"]},
       {"name": "local", "url": "http://localhost:8080", "secret": "%s"}]"""
          .formatted(SECRET, SECRET, SECRET);

  @Test
  @DisplayName("are good as text and as file")
  void good(@TempDir Path folder) throws IOException {
    assertThat(faults(GOOD)).isEmpty();
    var file = Files.writeString(folder.resolve("webhooks.json"), GOOD);
    assertThat(faults("file:" + file)).isEmpty();
    assertThat(faults("[]")).isEmpty();
  }

  @Test
  @DisplayName("list every fault with its path, and no secret")
  void everyFault() {
    var faults =
        faults(
            """
            [{"name": "Crm!", "url": "http://crm.example", "secret": "whsec_short", "typs": []},
             {"name": "a", "url": "https://ann:hunter2@crm.example", "secret": "hunter2", "types": ["subscriptions.*"]},
             {"name": "a", "url": "https://x.example/#f", "secret": "%s %s %s"},
             {"url": "no url"}]"""
                .formatted(SECRET, SECRET, SECRET));

    assertThat(faults)
        .allMatch(fault -> fault.startsWith("CODING_PLANS_WEBHOOKS: $["))
        .noneMatch(fault -> fault.contains("hunter2") || fault.contains(SECRET));
    assertThat(faults)
        .extracting(fault -> fault.split(": ")[1])
        .containsExactlyInAnyOrder(
            "$[0].name",
            "$[0].url",
            "$[0].secret",
            "$[0].typs",
            "$[1].url",
            "$[1].secret",
            "$[1].types",
            "$[2].name",
            "$[2].url",
            "$[2].secret",
            "$[3].name",
            "$[3].url",
            "$[3].secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "3", "[1]", "[{]", "file:/no/such/file"})
  @DisplayName("that are no list of objects are refused")
  void noList(String text) {
    assertThat(faults(text)).isNotEmpty().allMatch(f -> f.startsWith("CODING_PLANS_WEBHOOKS: "));
  }

  @Test
  @DisplayName("may not name a webhook as a listener of the host, nor the host two alike")
  void names() {
    var db = TestDatabase.fresh();
    assertThatThrownBy(
            () ->
                ListeningHost.start(
                    db,
                    Map.of("CODING_PLANS_WEBHOOKS", GOOD),
                    new Ear("crm"),
                    new Ear("x"),
                    new Ear("x"),
                    new Ear("No good")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("name crm")
        .hasMessageContaining("name x")
        .hasMessageContaining("No good");
  }

  private static List<String> faults(String webhooks) {
    var settings = new HashMap<String, String>();
    settings.put("DATABASE_URL", "jdbc:postgresql://db/plans");
    settings.put("CODING_PLANS_KEYSET", KEYSET);
    settings.put("CODING_PLANS_WEBHOOKS", webhooks);
    return new CodingPlansPlugin().faults(settings);
  }
}
