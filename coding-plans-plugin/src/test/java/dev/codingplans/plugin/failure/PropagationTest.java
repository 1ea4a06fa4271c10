package dev.codingplans.plugin.failure;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Four nodes in one process; two real gateways, and times, are the sample gateway's tests. */
@Timeout(120)
class PropagationTest {

  /** E4's second, and more for a machine that is busy. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  private static final int NODES = 4;

  @Test
  @DisplayName("E4 a purchase, a swap, a termination and every change of a key reach all nodes")
  void everyKindOfChange() {
    var db = TestDatabase.fresh();
    var nodes = new ArrayList<TestPlugin>();
    try {
      for (int n = 0; n < NODES; n++) {
        nodes.add(TestPlugin.on(db));
      }
      var here = nodes.getFirst();
      here.stock(PLUS, 2);
      here.credit("ann", 20);
      onAll(nodes, Denied.class::isInstance);

      var bought = here.buy("ann", PLUS);
      require(bought, 201);
      onAll(nodes, PlanKey.class::isInstance);

      var first = here.resolve("ann");
      var path = "/admin/api/subscriptions/" + bought.json().get("id").asText();
      require(
          here.call("POST", path + "/swap-credential", "admin:root", "", "idempotency-key", "swap"),
          200);
      onAll(nodes, found -> found instanceof PlanKey && !found.equals(first));

      require(here.call("POST", path + "/terminate", "admin:root", ""), 200);
      onAll(nodes, Denied.class::isInstance);

      require(ownKey(here, "PUT", "{\"apiKey\": \"sk-own-key\", \"enabled\": true}"), 200);
      onAll(nodes, OwnKey.class::isInstance);
      require(ownKey(here, "PATCH", "{\"enabled\": false}"), 200);
      onAll(nodes, Denied.class::isInstance);
    } finally {
      nodes.forEach(TestPlugin::close);
    }
  }

  /** At once where the change was made, and soon everywhere else. */
  private static void onAll(List<TestPlugin> nodes, Predicate<Entitlement> expected) {
    assertThat(nodes.getFirst().resolve("ann")).matches(expected);
    for (var node : nodes) {
      await()
          .atMost(BOUND)
          .pollInterval(Duration.ofMillis(10))
          .untilAsserted(() -> assertThat(node.resolve("ann")).matches(expected));
    }
  }

  private static Answer ownKey(TestPlugin node, String method, String body) {
    return node.call(method, "/api/byok/minimax", "user:ann", body);
  }
}
