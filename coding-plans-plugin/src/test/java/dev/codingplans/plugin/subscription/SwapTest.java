package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SwapTest {

  private static final Duration PERIOD = Duration.ofDays(30);

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;
  private Life life;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db);
    life = new Life(plugin);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("I8 the next credential serves at once, the one before is retired, nothing is paid")
  void swaps() {
    var id = life.subscribe("ann", PLUS, 100);
    plugin.stock(PLUS, 2);
    var before = life.subscription(id);
    var keyBefore = key();
    var paid = books();

    var swapped = swap(id, "one");

    assertThat(swapped.status()).isEqualTo(200);
    assertThat(swapped.header("idempotency-replayed")).isEmpty();
    assertThat(swapped.json()).isEqualTo(before);
    assertThat(key()).isNotEqualTo(keyBefore);
    assertThat(books()).isEqualTo(paid);
    assertThat(credentials())
        .containsExactly("revocation_pending without text", "assigned", "available");
    assertThat(
            db.text(
                """
                select revocation_requested_at = access_ended_at
                  from coding_plans.credential where status = 'revocation_pending'"""))
        .isEqualTo("t");
    assertThat(
            db.texts(
                """
                select payload ->> 'automatic' from coding_plans.event
                 where type = 'credential.swapped' and user_id = 'ann'
                   and payload ->> 'subscriptionId' = ?
                   and payload ->> 'credentialId' =
                       (select credential_id::text from coding_plans.subscription)""",
                id))
        .containsExactly("false");
    assertThat(swapped.body()).doesNotContain("sk-");
  }

  @Test
  @DisplayName("I8, P7 repeated with its key it does nothing more, also after the end")
  void repeated() {
    var id = life.subscribe("ann", PLUS, 100);
    plugin.stock(PLUS, 3);
    swap(id, "one");
    var key = key();

    var again = swap(id, "one");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(key()).isEqualTo(key);
    assertThat(credentials()).filteredOn("available"::equals).hasSize(2);
    assertThat(
            plugin
                .call("POST", path(id), "admin:another", "", "Idempotency-Key", "one")
                .header("idempotency-replayed"))
        .isEqualTo("true");

    swap(id, "two");
    assertThat(credentials()).filteredOn("available"::equals).hasSize(1);
    life.asAdmin(id, "terminate", "");
    var ended = swap(id, "two");
    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.json().get("status").asText()).isEqualTo("canceled");
    assertThat(swap(id, "three").code()).isEqualTo("invalid_state");
  }

  @Test
  @DisplayName("I8 what cannot be swapped stays as it is, and its key can be used again")
  void refused() {
    var id = life.subscribe("ann", PLUS, 100);
    plugin.stock(MAX, 1);
    var key = key();

    assertThat(swap(id, "one").code()).isEqualTo("sold_out");
    assertThat(key()).isEqualTo(key);
    assertThat(swap(UUID.randomUUID().toString(), "x").code()).isEqualTo("not_found");
    assertThat(life.asAdmin(id, "swap-credential", "").code())
        .isEqualTo("idempotency_key_required");
    assertThat(plugin.call("POST", path(id), "user:ann", "", "Idempotency-Key", "one").status())
        .isEqualTo(403);
    plugin.stock(PLUS, 1);
    assertThat(swap(id, "one").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("I8, P7 a key that stood for another subscription of the user is refused")
  void reused() {
    var first = life.subscribe("ann", PLUS, 100);
    plugin.stock(PLUS, 1);
    swap(first, "one");
    life.asAdmin(first, "terminate", "");
    var second = life.subscribe("ann", MAX, 1);

    assertThat(swap(second, "one").code()).isEqualTo("idempotency_key_reused");
  }

  @Test
  @DisplayName("I8, C3, R6 past due, cancelled, closed, without its key: swapped, and stays so")
  void whateverItsState() {
    var id = life.subscribe("ann", PLUS, 20);
    plugin.stock(PLUS, 3);
    life.cancel("ann", id);
    assertThat(swap(id, "cancelled").json().get("cancelAtPeriodEnd").asBoolean()).isTrue();
    life.resume("ann", id);
    life.advance(PERIOD);
    life.sweep();
    assertThat(swap(id, "due").json().get("status").asText()).isEqualTo("past_due");

    TestPlugin.require(
        plugin.call(
            "PUT",
            "/admin/api/plans/" + PLUS + "/sales-state",
            "admin:root",
            "{\"state\": \"closed\"}"),
        200);
    db.execute("delete from coding_plans.byok_key");
    var swapped = swap(id, "closed");

    assertThat(swapped.json().get("byokKeyInstalled").asBoolean()).isFalse();
    assertThat(plugin.resolve("ann")).isInstanceOf(Entitlement.Denied.class);
    assertThat(credentials()).filteredOn("assigned"::equals).hasSize(1);
  }

  @Test
  @DisplayName("I8, C5 a plan that is gone from the catalog is swapped from what is left of it")
  void goneFromCatalog() {
    var id = life.subscribe("ann", ULTRA, 200);
    plugin.stock(ULTRA, 1);
    plugin.close();
    plugin = TestPlugin.on(db, Map.of("CODING_PLANS_CATALOG", WITHOUT_PLANS), List.of());
    life = new Life(plugin);

    assertThat(swap(id, "one").status()).isEqualTo(200);
    assertThat(credentials()).containsExactly("revocation_pending without text", "assigned");
  }

  @Test
  @DisplayName("I8, X7 what has lapsed is over")
  void lapsed() {
    var id = life.subscribe("ann", PLUS, 100);
    plugin.stock(PLUS, 1);
    life.cancel("ann", id);
    life.advance(PERIOD);

    assertThat(swap(id, "one").code()).isEqualTo("invalid_state");
    assertThat(credentials()).filteredOn("available"::equals).hasSize(1);
  }

  private static final String WITHOUT_PLANS =
      """
      {"providers": [{"id": "minimax", "name": "MiniMax", "models": ["MiniMax-M2"]}], "plans": []}""";

  private Answer swap(String id, String key) {
    return plugin.call("POST", path(id), "admin:root", "", "Idempotency-Key", key);
  }

  private static String path(String id) {
    return "/admin/api/subscriptions/" + id + "/swap-credential";
  }

  private String key() {
    return ((PlanKey) plugin.resolve("ann")).credential().reveal();
  }

  /** Everything about money and keys that a swap must leave alone. */
  private List<String> books() {
    return db.texts(
        """
        select entry::text from coding_plans.ledger_entry entry
         union all
        select term::text from coding_plans.term
         union all
        select key::text from coding_plans.byok_key key""");
  }

  private List<String> credentials() {
    return db.texts(
        """
        select status || case when ciphertext is null then ' without text' else '' end
          from coding_plans.credential order by position""");
  }
}
