package dev.codingplans.plugin.byok;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByokTest {

  private static final String KEY = "sk-hunter2-hunter2-7890";

  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("B1 a user adds an own key, and it serves at once")
  void adds() {
    var answer = put("adds", KEY, true);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("source").asText()).isEqualTo("own");
    assertThat(answer.json().get("enabled").asBoolean()).isTrue();
    assertThat(list("adds")).containsExactly(answer.json());
    assertThat(servingKey("adds")).isEqualTo(KEY);
  }

  @Test
  @DisplayName("B1 replacing a key keeps it one key, and the new text serves at once")
  void replaces() {
    var before = put("replaces", KEY, true).json();
    assertThat(servingKey("replaces")).isEqualTo(KEY);

    var after = put("replaces", "sk-the-new-one-4321", true).json();

    assertThat(after.get("lastFour").asText()).isEqualTo("4321");
    assertThat(after.get("createdAt")).isEqualTo(before.get("createdAt"));
    assertThat(Instant.parse(after.get("updatedAt").asText()))
        .isAfter(Instant.parse(before.get("updatedAt").asText()));
    assertThat(list("replaces")).hasSize(1);
    assertThat(servingKey("replaces")).isEqualTo("sk-the-new-one-4321");
  }

  @Test
  @DisplayName("B1 a disabled key serves nobody until it is enabled again")
  void disablesAndEnables() {
    put("toggles", KEY, true);

    assertThat(toggle("toggles", false).json().get("enabled").asBoolean()).isFalse();
    assertThat(plugin.resolve("toggles")).isInstanceOf(Entitlement.Denied.class);
    assertThat(toggle("toggles", true).json().get("enabled").asBoolean()).isTrue();
    assertThat(servingKey("toggles")).isEqualTo(KEY);
    assertThat(put("toggles", KEY, false).json().get("enabled").asBoolean()).isFalse();
    assertThat(plugin.resolve("toggles")).isInstanceOf(Entitlement.Denied.class);
  }

  @Test
  @DisplayName("B1 a deleted key is gone at once, and there is nothing left to delete or toggle")
  void deletes() {
    put("deletes", KEY, true);

    assertThat(delete("deletes").status()).isEqualTo(204);

    assertThat(list("deletes")).isEmpty();
    assertThat(plugin.resolve("deletes")).isInstanceOf(Entitlement.Denied.class);
    assertThat(delete("deletes").code()).isEqualTo("not_found");
    assertThat(toggle("deletes", true).code()).isEqualTo("not_found");
  }

  @Test
  @DisplayName("B1 a plan's key is listed with its source, without any of its characters")
  void listsManagedKey() {
    subscribe("managed");

    assertThat(list("managed"))
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.get("source").asText()).isEqualTo("plan");
              assertThat(key.get("enabled").asBoolean()).isTrue();
              assertThat(key.has("lastFour")).isFalse();
            });
  }

  @Test
  @DisplayName("B1 a plan's key is read-only, and the refusal points to cancelling the plan")
  void managedKeyIsReadOnly() {
    subscribe("read-only");
    var before = list("read-only");

    assertThat(
            Stream.of(put("read-only", KEY, true), toggle("read-only", false), delete("read-only")))
        .allSatisfy(
            refused -> {
              assertThat(refused.status()).isEqualTo(409);
              assertThat(refused.code()).isEqualTo("managed_key_read_only");
              assertThat(refused.json().get("detail").asText()).contains("Cancel the plan");
            });
    assertThat(list("read-only")).isEqualTo(before);
    assertThat(plugin.resolve("read-only")).isInstanceOf(Entitlement.PlanKey.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "MiniMax", "%00", "minimax%2F..", "a%20b"})
  @DisplayName("B1 a provider that the gateway does not know is not found")
  void unknownProvider(String provider) {
    var path = "/api/byok/" + provider;
    var body = "{\"apiKey\": \"" + KEY + "\", \"enabled\": true}";

    assertThat(
            Stream.of(
                plugin.call("PUT", path, "user:unknown", body),
                plugin.call("PATCH", path, "user:unknown", "{\"enabled\": true}"),
                plugin.call("DELETE", path, "user:unknown", "")))
        .extracting(Answer::code)
        .containsOnly("not_found");
  }

  @Test
  @DisplayName("B1 users see and change their own keys only")
  void ownKeysOnly() {
    put("mine", KEY, true);
    put("yours", "sk-of-somebody-else-5555", true);

    require(toggle("yours", false), 200);
    require(delete("yours"), 204);

    assertThat(list("mine"))
        .extracting(key -> key.get("lastFour").asText())
        .containsExactly("7890");
    assertThat(servingKey("mine")).isEqualTo(KEY);
    assertThat(list("neither")).isEmpty();
  }

  @Test
  @DisplayName("B2 answers show the last four characters of an own key, and no more")
  void lastFourOnly() {
    var answers =
        List.of(
            put("shown", KEY, true), plugin.get("/api/byok", "user:shown"), toggle("shown", false));

    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.body())
                    .contains("\"lastFour\":\"7890\"")
                    .doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"apiKey\": \"sk-hunter2",
        "{\"apiKey\": sk-hunter2, \"enabled\": true}",
        "{\"apiKey\": \"sk-hunter2 with blanks\", \"enabled\": true}",
        "{\"apiKey\": \"sk-hunter2\\n\", \"enabled\": true}",
        "{\"apiKey\": \"hunter2\", \"enabled\": true}",
        "{\"apiKey\": [\"sk-hunter2-long-enough\"], \"enabled\": true}",
        "{\"apiKey\": {\"text\": \"sk-hunter2\"}, \"enabled\": true}",
        "{\"apiKey\": \"sk-hunter2-long-enough\", \"enabled\": \"sk-hunter2\"}",
        "{\"apiKey\": \"sk-hunter2-long-enough\"}",
        "{\"apiKey\": \"sk-hunter2-long-enough\", \"enabled\": null}",
        "{\"apiKey\": \"sk-hunter2-long-enough\", \"enabled\": true, \"name\": \"hunter2\"}",
        "{\"apiKey\": \"\", \"enabled\": true}",
        "{\"apiKey\": null, \"enabled\": true}",
        "{\"enabled\": true}",
        "\"sk-hunter2-long-enough\"",
        "[\"sk-hunter2-long-enough\", true]"
      })
  @DisplayName("B2 a refused key is in no part of the answer, and nothing is stored")
  void refusalsShowNoKey(String body) {
    var answer = plugin.call("PUT", "/api/byok/minimax", "user:refused", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
    assertThat(answer.body() + answer.headers()).doesNotContain("hunter2");
    assertThat(list("refused")).isEmpty();
  }

  @Test
  @DisplayName("B2 a key longer than a header line holds is refused")
  void tooLong() {
    assertThat(put("long", "k".repeat(512), true).status()).isEqualTo(200);
    assertThat(put("long", "k".repeat(513), true).code()).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("B3 any key of the provider, enabled or not, stands in the way of a purchase")
  void keyStandsInTheWay() {
    plugin.credit("b3", 20);
    plugin.stock(PLUS, 1);
    for (boolean enabled : List.of(true, false)) {
      put("b3", KEY, enabled);
      var refused = plugin.buy("b3", PLUS);
      assertThat(refused.code()).isEqualTo("byok_key_present");
      assertThat(refused.json().get("detail").asText()).contains("Delete your existing key first");
    }
    require(delete("b3"), 204);
    assertThat(plugin.buy("b3", PLUS).status()).isEqualTo(201);
  }

  private static void subscribe(String user) {
    plugin.credit(user, 20);
    plugin.stock(PLUS, 1);
    require(plugin.buy(user, PLUS), 201);
  }

  private static Answer put(String user, String key, boolean enabled) {
    return plugin.call(
        "PUT",
        "/api/byok/minimax",
        "user:" + user,
        "{\"apiKey\": \"" + key + "\", \"enabled\": " + enabled + "}");
  }

  private static Answer toggle(String user, boolean enabled) {
    return plugin.call(
        "PATCH", "/api/byok/minimax", "user:" + user, "{\"enabled\": " + enabled + "}");
  }

  private static Answer delete(String user) {
    return plugin.call("DELETE", "/api/byok/minimax", "user:" + user, "");
  }

  private static List<JsonNode> list(String user) {
    var answer = plugin.get("/api/byok", "user:" + user);
    require(answer, 200);
    var keys = new ArrayList<JsonNode>();
    answer.json().get("items").forEach(keys::add);
    return keys;
  }

  private static String servingKey(String user) {
    return ((Entitlement.OwnKey) plugin.resolve(user)).credential().reveal();
  }
}
