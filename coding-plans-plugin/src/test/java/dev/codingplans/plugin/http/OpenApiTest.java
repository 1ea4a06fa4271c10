package dev.codingplans.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

@DisplayName("The description of the API")
class OpenApiTest {

  private static Map<String, Object> description;

  @BeforeAll
  static void read() {
    try (var plugin = TestPlugin.start()) {
      description = new Yaml().load(plugin.registrations().console().orElseThrow().openApi());
    }
  }

  @Test
  @DisplayName("has every call")
  void hasEveryCall() {
    assertThat(calls())
        .contains(
            "get /api/plans",
            "get /api/credits",
            "get /api/credits/entries",
            "post /api/subscriptions/preview",
            "post /api/subscriptions",
            "get /api/subscriptions",
            "get /api/subscriptions/{id}",
            "get /api/subscriptions/{id}/usage",
            "post /api/quota-plans/{planId}/purchase",
            "get /api/quota",
            "post /api/quota/{unit}/allocations",
            "get /api/quota/{unit}/allocations",
            "delete /api/quota/{unit}/allocations/{id}",
            "get /admin/api/allocations",
            "get /api/byok",
            "put /api/byok/{providerId}",
            "patch /api/byok/{providerId}",
            "delete /api/byok/{providerId}",
            "post /admin/api/inventory/uploads",
            "get /admin/api/inventory/uploads/{id}",
            "get /admin/api/inventory",
            "get /admin/api/inventory/credentials",
            "post /admin/api/inventory/credentials/{id}/approve",
            "post /admin/api/inventory/credentials/{id}/withdraw",
            "get /admin/api/revocations",
            "post /admin/api/revocations/{id}/complete",
            "post /admin/api/revocations/{id}/fail",
            "post /admin/api/revocations/{id}/requeue",
            "post /admin/api/subscriptions/{id}/swap-credential",
            "put /admin/api/plans/{planId}/sales-state",
            "get /admin/api/users",
            "post /admin/api/users/{userId}/credits",
            "get /admin/api/reconciliation",
            "get /admin/api/events/deliveries",
            "get /admin/api/audit",
            "post /admin/api/encryption/rotate",
            "get /admin/api/encryption/rotate",
            "get /admin/api/test-clock",
            "post /admin/api/test-clock");
  }

  @Test
  @DisplayName("has no parameter but those that a client sends")
  void hasNoInternalParameter() {
    var names = new ArrayList<Object>();
    paths().values().stream()
        .flatMap(calls -> calls.values().stream())
        .map(call -> at(call, "parameters"))
        .filter(List.class::isInstance)
        .flatMap(parameters -> ((List<?>) parameters).stream())
        .forEach(parameter -> names.add(at(parameter, "name")));

    assertThat(Set.copyOf(names))
        .isEqualTo(
            Set.of(
                "id",
                "planId",
                "providerId",
                "unit",
                "userId",
                "status",
                "health",
                "listener",
                "actor",
                "action",
                "target",
                "query",
                "kind",
                "format",
                "state",
                "from",
                "to",
                "cursor",
                "limit",
                "includeEnded",
                "Idempotency-Key"));
  }

  @Test
  @DisplayName("says that keys are texts, which go in and never come out")
  void keysAreTexts() {
    assertThat(at(description, "components", "schemas").toString())
        .contains("apiKey={type=string, format=password, writeOnly=true}");
    assertThat(
            at(
                description,
                "components",
                "schemas",
                "UploadsController.UploadRequest",
                "properties",
                "entries",
                "items"))
        .hasToString("{type=string, format=password, writeOnly=true}");
    assertThat(((Map<?, ?>) at(description, "components", "schemas")).keySet().toString())
        .doesNotContain("Secret");
  }

  @Test
  @DisplayName("says which call needs a key and makes something")
  void saysWhatIsMade() {
    for (String path : List.of("/api/subscriptions", "/admin/api/users/{userId}/credits")) {
      var call = paths().get(path).get("post");
      assertThat(at(call, "parameters").toString()).contains("Idempotency-Key");
      assertThat(at(call, "responses", "201", "content")).isNotNull();
      assertThat(at(call, "responses", "200", "content")).isNotNull();
    }
    assertThat(
            at(
                paths().get("/admin/api/inventory/uploads").get("post"),
                "responses",
                "202",
                "content"))
        .isNotNull();
  }

  private static List<String> calls() {
    var calls = new ArrayList<String>();
    paths().forEach((path, methods) -> methods.keySet().forEach(m -> calls.add(m + " " + path)));
    return calls;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> paths() {
    return (Map<String, Map<String, Object>>) description.get("paths");
  }

  private static Object at(Object node, String... path) {
    var found = node;
    for (String step : path) {
      found = ((Map<?, ?>) found).get(step);
    }
    return found;
  }
}
