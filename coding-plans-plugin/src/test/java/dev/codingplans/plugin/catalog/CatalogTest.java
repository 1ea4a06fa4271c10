package dev.codingplans.plugin.catalog;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.plugin.CodingPlansPlugin;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.vault.Keyset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

  private static final String SET_UP = "automatic key set-up";
  private static final String ONE_QUOTA = "one quota shared by all models of the provider";

  private static final String OTHER_CATALOG =
      """
      {"providers": [{"id": "acme", "name": "Acme"}],
       "plans": [
         {"id": "acme-pro", "kind": "credential", "provider": "acme", "name": "Plan Pro",
          "priceMicrodollars": 7000000, "periodDays": 7},
         {"id": "gpu-2", "kind": "quota", "name": "2 GPUs", "priceMicrodollars": 1,
          "periodDays": 2, "features": ["fast"], "unit": "gpu", "units": 2}]}""";

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
  @DisplayName("C1 the default catalog is the one of the rules, in its order")
  void defaultCatalog() {
    var plans = items(plugin.get("/api/plans", "user:c1"));

    assertThat(plans)
        .extracting(
            plan -> plan.get("id").asText(),
            plan -> plan.get("kind").asText(),
            plan -> plan.get("providerId").asText(),
            plan -> plan.get("providerName").asText(),
            plan -> plan.get("name").asText(),
            plan -> plan.get("priceMicrodollars").asLong(),
            plan -> plan.get("periodDays").asInt(),
            plan -> texts(plan.get("features")),
            plan -> texts(plan.get("models")),
            plan -> plan.path("unit").asText(),
            plan -> plan.path("units").asInt())
        .containsExactly(
            tokenPlan(PLUS, "Token Plan Plus", 20_000_000L, "~1.7B tokens a month", "3-4 agents"),
            tokenPlan(MAX, "Token Plan Max", 50_000_000L, "~5.1B tokens a month", "4-5 agents"),
            tokenPlan(
                ULTRA, "Token Plan Ultra", 120_000_000L, "~12.5B tokens a month", "6-7 agents"),
            vmPlan("vm-5-monthly", "5 VMs", 10_000_000L, "five", 5),
            vmPlan("vm-10-monthly", "10 VMs", 20_000_000L, "ten", 10));
  }

  private static org.assertj.core.groups.Tuple tokenPlan(
      String id, String name, long price, String tokens, String agents) {
    return tuple(
        id,
        "credential",
        "minimax",
        "MiniMax",
        name,
        price,
        30,
        List.of(tokens, agents, SET_UP, ONE_QUOTA),
        List.of("minimax/*"),
        "",
        0);
  }

  private static org.assertj.core.groups.Tuple vmPlan(
      String id, String name, long price, String number, int units) {
    return tuple(
        id,
        "quota",
        "null",
        "null",
        name,
        price,
        30,
        List.of("spin up " + number + " machines within 30 days"),
        List.of(),
        "vm",
        units);
  }

  @Test
  @DisplayName("C1 the host is offered the same catalog")
  void catalogOfTheHost() {
    var catalog = plugin.registrations().catalog();

    assertThat(catalog.providers())
        .singleElement()
        .satisfies(
            provider -> {
              assertThat(provider.id().value()).isEqualTo("minimax");
              assertThat(provider.name()).isEqualTo("MiniMax");
              assertThat(provider.models())
                  .containsExactly("MiniMax-M2", "MiniMax-M2.5", "MiniMax-M3");
            });
    assertThat(catalog.plans())
        .extracting(plan -> plan.id().value(), PlanOffer::priceMicrodollars, PlanOffer::kind)
        .containsExactly(
            tuple(PLUS, 20_000_000L, PlanOffer.Kind.CREDENTIAL),
            tuple(MAX, 50_000_000L, PlanOffer.Kind.CREDENTIAL),
            tuple(ULTRA, 120_000_000L, PlanOffer.Kind.CREDENTIAL),
            tuple("vm-5-monthly", 10_000_000L, PlanOffer.Kind.QUOTA),
            tuple("vm-10-monthly", 20_000_000L, PlanOffer.Kind.QUOTA));
    assertThat(catalog.plans()).extracting(PlanOffer::period).containsOnly(Duration.ofDays(30));
    assertThat(catalog.plans().getFirst().features()).endsWith(SET_UP, ONE_QUOTA);
  }

  @Test
  @DisplayName("C2 an operator's catalog replaces the built-in one, inline or from a file")
  void operatorsCatalog(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("catalog.json"), OTHER_CATALOG);
    for (String value : List.of(OTHER_CATALOG, "file:" + file)) {
      try (var other =
          TestPlugin.on(TestDatabase.fresh(), Map.of("CODING_PLANS_CATALOG", value), List.of())) {
        assertThat(items(other.get("/api/plans", "user:u")))
            .extracting(
                plan -> plan.get("id").asText(),
                plan -> plan.get("priceMicrodollars").asLong(),
                plan -> texts(plan.get("models")))
            .containsExactly(
                tuple("acme-pro", 7_000_000L, List.of("acme/*")), tuple("gpu-2", 1L, List.of()));
      }
    }
  }

  @Test
  @DisplayName("C2 a price setting overrides one plan's price, and no other's")
  void overridesOnePrice() {
    try (var other =
        TestPlugin.on(
            TestDatabase.fresh(),
            Map.of("CODING_PLANS_PRICE_MINIMAX_TOKEN_PLAN_PLUS", "1234567"),
            List.of())) {
      assertThat(items(other.get("/api/plans", "user:u")))
          .extracting(plan -> plan.get("priceMicrodollars").asLong())
          .containsExactly(1_234_567L, 50_000_000L, 120_000_000L, 10_000_000L, 20_000_000L);
    }
  }

  @Test
  @DisplayName("C2 every fault of a catalog is listed at once, with its JSON path")
  void everyFaultOfACatalog() {
    var catalog =
        """
        {"extra": 1,
         "providers": [{"id": "acme", "color": "red"}, {"id": "acme", "name": "B"}],
         "plans": [
           {"id": "a", "kind": "credential", "provider": "acme", "name": "A",
            "priceMicrodollars": 0, "periodDays": -1, "discount": 5},
           {"id": "a", "kind": "quota", "name": "B", "priceMicrodollars": 1, "periodDays": 30,
            "unit": "vm", "units": 0},
           {"id": "Not_An_Id", "kind": "credential", "name": "C", "priceMicrodollars": 1.5,
            "periodDays": 30},
           {"id": "d", "kind": "rent", "name": "D", "priceMicrodollars": "1", "periodDays": 30},
           {"id": "e", "kind": "credential", "provider": "nobody", "name": "E",
            "priceMicrodollars": 1, "periodDays": 30, "models": ["other/*"]}]}""";

    assertThat(faultsOf(Map.of("CODING_PLANS_CATALOG", catalog)))
        .extracting(fault -> fault.replaceFirst("^CODING_PLANS_CATALOG: (\\S+): .*", "$1"))
        .containsExactlyInAnyOrder(
            "$.extra",
            "$.providers[0].color",
            "$.providers[0].name",
            "$.providers[1].id",
            "$.plans[0].discount",
            "$.plans[0].priceMicrodollars",
            "$.plans[0].periodDays",
            "$.plans[1].id",
            "$.plans[1].units",
            "$.plans[2].id",
            "$.plans[2].provider",
            "$.plans[2].priceMicrodollars",
            "$.plans[3].kind",
            "$.plans[3].priceMicrodollars",
            "$.plans[4].provider",
            "$.plans[4].models");
  }

  @Test
  @DisplayName("C2 a catalog that is no JSON, no object, or no file is one clear fault")
  void unreadableCatalogs(@TempDir Path folder) {
    assertThat(faultsOf(Map.of("CODING_PLANS_CATALOG", "{\"plans\": [")))
        .singleElement()
        .asString()
        .startsWith("CODING_PLANS_CATALOG: it is no JSON at line 1");
    assertThat(faultsOf(Map.of("CODING_PLANS_CATALOG", "[]")))
        .contains("CODING_PLANS_CATALOG: $: it must be an object.");
    assertThat(faultsOf(Map.of("CODING_PLANS_CATALOG", "file:" + folder.resolve("none"))))
        .singleElement()
        .asString()
        .contains("cannot be read");
  }

  @Test
  @DisplayName("C2 a price of no plan, and a price that is none, are faults")
  void faultyPrices() {
    var settings = new HashMap<String, String>();
    settings.put("CODING_PLANS_PRICE_NO_SUCH_PLAN", "5");
    settings.put("CODING_PLANS_PRICE_VM_5_MONTHLY", "-5");
    settings.put("CODING_PLANS_PRICE_VM_10_MONTHLY", "1.5");
    settings.put("CODING_PLANS_PRICE_MINIMAX_TOKEN_PLAN_MAX", "");

    assertThat(faultsOf(settings))
        .extracting(fault -> fault.substring(0, fault.indexOf(':')))
        .containsExactlyInAnyOrder(
            "CODING_PLANS_PRICE_NO_SUCH_PLAN",
            "CODING_PLANS_PRICE_VM_5_MONTHLY",
            "CODING_PLANS_PRICE_VM_10_MONTHLY");
  }

  @Test
  @DisplayName("C3 an admin changes the sales state at run time, and customers see it")
  void changesTheSalesState() {
    for (String state : List.of("paused", "closed", "open")) {
      require(sell(ULTRA, state), 200);
      assertThat(planOf("c3", ULTRA).get("salesState").asText()).isEqualTo(state);
    }
    assertThat(planOf("c3", PLUS).get("salesState").asText()).isEqualTo("open");
    assertThat(sell("vm-5-monthly", "open").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("C3 a subscriber keeps the plan when its sale ends")
  void subscribersAreNotAffected() {
    plugin.credit("c3-subscriber", 50);
    plugin.stock(MAX, 1);
    require(plugin.buy("c3-subscriber", MAX), 201);

    require(sell(MAX, "closed"), 200);

    assertThat(plugin.resolve("c3-subscriber")).isInstanceOf(Entitlement.PlanKey.class);
    require(sell(MAX, "open"), 200);
  }

  @Test
  @DisplayName("C3 an unknown plan has no sales state, and an unknown state is refused")
  void refusesUnknownSales() {
    assertThat(sell("no-such-plan", "open").code()).isEqualTo("unknown_plan");
    assertThat(sell("NO%20PLAN", "open").status()).isEqualTo(404);
    assertThat(sell(PLUS, "shut").code()).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("C4 customers see what is sold, and nothing of stock or credentials")
  void whatCustomersSee() {
    var fields = new ArrayList<String>();
    planOf("c4", PLUS).fieldNames().forEachRemaining(fields::add);
    assertThat(fields)
        .containsExactlyInAnyOrder(
            "id",
            "kind",
            "providerId",
            "providerName",
            "name",
            "priceMicrodollars",
            "periodDays",
            "features",
            "models",
            "salesState",
            "availability",
            "intentSaved");
  }

  @Test
  @DisplayName("C4 a plan is available while there is stock, however much, and then sold out")
  void availability() {
    try (var own = TestPlugin.start()) {
      assertThat(availabilityOf(own, PLUS)).isEqualTo("sold_out");
      own.stock(PLUS, 2);
      assertThat(availabilityOf(own, PLUS)).isEqualTo("available");
      own.credit("buyer", 20);
      own.credit("other", 20);
      require(own.buy("buyer", PLUS), 201);
      assertThat(availabilityOf(own, PLUS)).isEqualTo("available");
      require(own.buy("other", PLUS), 201);
      assertThat(availabilityOf(own, PLUS)).isEqualTo("sold_out");
      assertThat(availabilityOf(own, "vm-5-monthly")).isEqualTo("available");
    }
  }

  @Test
  @DisplayName("C4 a saved intent is shown to its user only")
  void ownIntent() {
    plugin.credit("c4-waiting", 1);
    plugin
        .database()
        .execute(
            "insert into coding_plans.availability_intent (user_id, plan_id) values (?, ?)",
            "c4-waiting",
            ULTRA);

    assertThat(planOf("c4-waiting", ULTRA).get("intentSaved").asBoolean()).isTrue();
    assertThat(planOf("c4-waiting", PLUS).get("intentSaved").asBoolean()).isFalse();
    assertThat(planOf("c4-somebody", ULTRA).get("intentSaved").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("C5 a subscription to a plan that is no longer in the catalog reads and serves on")
  void removedPlan() {
    var database = TestDatabase.fresh();
    String subscription;
    try (var before = TestPlugin.on(database)) {
      before.credit("c5", 20);
      before.stock(PLUS, List.of("sk-of-a-removed-plan"));
      subscription = before.buy("c5", PLUS).json().get("id").asText();
    }
    var catalog =
        """
        {"providers": [{"id": "minimax", "name": "MiniMax", "models": ["MiniMax-M2"]}],
         "plans": []}""";
    try (var after = TestPlugin.on(database, Map.of("CODING_PLANS_CATALOG", catalog), List.of())) {
      var detail = after.get("/api/subscriptions/" + subscription, "user:c5").json();
      assertThat(detail.get("planName").asText()).isEqualTo(PLUS);
      assertThat(detail.get("providerName").asText()).isEqualTo("MiniMax");
      assertThat(detail.get("priceMicrodollars").asLong()).isEqualTo(20_000_000L);
      assertThat(items(after.get("/api/subscriptions", "user:c5"))).containsExactly(detail);
      assertThat(after.resolve("c5"))
          .isInstanceOfSatisfying(
              Entitlement.PlanKey.class,
              key -> assertThat(key.credential().reveal()).isEqualTo("sk-of-a-removed-plan"));
      assertThat(
              after.get("/admin/api/inventory/credentials?planId=" + PLUS, "admin:root").status())
          .isEqualTo(200);
    }
  }

  private static TestPlugin.Answer sell(String plan, String state) {
    return plugin.call(
        "PUT",
        "/admin/api/plans/" + plan + "/sales-state",
        "admin:root",
        "{\"state\": \"" + state + "\"}");
  }

  private static List<String> faultsOf(Map<String, String> changes) {
    var settings = new HashMap<>(changes);
    settings.put("DATABASE_URL", "jdbc:postgresql://localhost/none");
    settings.put("CODING_PLANS_KEYSET", Keyset.generate().toJson());
    return new CodingPlansPlugin().faults(settings);
  }

  private static JsonNode planOf(String user, String plan) {
    return find(plugin, user, plan).orElseThrow();
  }

  private static String availabilityOf(TestPlugin where, String plan) {
    return find(where, "anybody", plan).orElseThrow().get("availability").asText();
  }

  private static Optional<JsonNode> find(TestPlugin where, String user, String plan) {
    return items(where.get("/api/plans", "user:" + user)).stream()
        .filter(item -> item.get("id").asText().equals(plan))
        .findFirst();
  }

  private static List<JsonNode> items(TestPlugin.Answer answer) {
    require(answer, 200);
    var items = new ArrayList<JsonNode>();
    answer.json().get("items").forEach(items::add);
    return items;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
