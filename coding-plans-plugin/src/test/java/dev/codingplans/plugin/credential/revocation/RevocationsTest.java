package dev.codingplans.plugin.credential.revocation;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RevocationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> OVERDUE =
      Map.of("CODING_PLANS_REVOCATION_OVERDUE", "PT48H");

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
    Reconciled.assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("V1, V3 the queue says what to end and since when, the newest request first")
  void lists() {
    var subscription = life.subscribe("ann", PLUS, 20);
    life.asAdmin(subscription, "terminate", "");
    life.advance(Duration.ofHours(3));
    plugin.stock(MAX, 1);
    withdraw();

    var items = queue("");

    assertThat(items).hasSize(2);
    var withdrawn = items.get(0);
    assertThat(withdrawn.get("planId").asText()).isEqualTo(MAX);
    assertThat(withdrawn.get("accessEndedAt").isNull()).isTrue();
    var ended = items.get(1);
    assertThat(ended.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "id",
            "providerId",
            "planId",
            "upstreamPlanId",
            "status",
            "requestedAt",
            "accessEndedAt",
            "attempts",
            "lastError",
            "ageSeconds");
    assertThat(ended.get("id").asText())
        .isEqualTo(db.text("select credential_id from coding_plans.subscription"));
    assertThat(ended.get("providerId").asText()).isEqualTo("minimax");
    assertThat(ended.get("upstreamPlanId").asText())
        .isEqualTo(
            db.text("select upstream_plan_id from coding_plans.credential order by position"));
    assertThat(ended.get("status").asText()).isEqualTo("revocation_pending");
    assertThat(ended.get("accessEndedAt")).isEqualTo(ended.get("requestedAt"));
    assertThat(ended.get("attempts").asInt()).isZero();
    assertThat(ended.get("lastError").isNull()).isTrue();
    assertThat(ended.get("ageSeconds").asLong()).isBetween(10_800L, 11_000L);
  }

  @Test
  @DisplayName("V1 many of the same instant are paged without a gap, and filtered by status")
  void pages() {
    plugin.stock(PLUS, 7);
    withdraw();
    // As a sweep requests them: all at once.
    db.execute("update coding_plans.credential set revocation_requested_at = now()");
    var all = ids(queue(""));
    operate(all.get(2), "fail", "{\"reason\": \"no\"}");
    operate(all.get(5), "complete", "");
    operate(all.get(6), "complete", "");

    var paged = new ArrayList<String>();
    var cursor = "";
    for (int i = 0; i < 3; i++) {
      var page = get("?limit=2" + cursor).json();
      paged.addAll(ids(page.get("items")));
      cursor = page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").asText();
    }

    assertThat(cursor).isEmpty();
    assertThat(paged).isEqualTo(all.subList(0, 5));
    assertThat(ids(queue("?status=revocation_failed"))).containsExactly(all.get(2));
    assertThat(ids(queue("?status=revocation_pending"))).hasSize(4);
    assertThat(ids(queue("?status=revoked"))).containsExactly(all.get(5), all.get(6));
    assertThat(queue("?status=revoked"))
        .allSatisfy(item -> assertThat(item.get("upstreamPlanId").isNull()).isTrue());
    for (String status : List.of("available", "assigned", "unverified", "lost")) {
      assertThat(get("?status=" + status).code()).isEqualTo("invalid_request");
    }
  }

  @Test
  @DisplayName("V2, V5 complete, fail and requeue move what they may, and access stays ended")
  void moves() {
    var subscription = life.subscribe("ann", PLUS, 20);
    life.asAdmin(subscription, "terminate", "");
    var id = ids(queue("")).getFirst();

    var failed = operate(id, "fail", "{\"reason\": \"they said bearer abc123, twice\"}");
    assertThat(failed.json().get("status").asText()).isEqualTo("revocation_failed");
    assertThat(failed.json().get("lastError").asText()).isEqualTo("they said [redacted] twice");
    assertThat(failed.json().get("attempts").asInt()).isEqualTo(1);
    assertThat(failed.json().get("upstreamPlanId").isNull()).isFalse();
    assertThat(operate(id, "fail", "{\"reason\": \"again\"}").code()).isEqualTo("invalid_state");

    var requeued = operate(id, "requeue", "");
    assertThat(requeued.json().get("status").asText()).isEqualTo("revocation_pending");
    assertThat(requeued.json().get("requestedAt")).isEqualTo(failed.json().get("requestedAt"));
    assertThat(operate(id, "requeue", "").code()).isEqualTo("invalid_state");

    var completed = operate(id, "complete", "");
    assertThat(completed.json().get("status").asText()).isEqualTo("revoked");
    assertThat(completed.json().get("upstreamPlanId").isNull()).isTrue();
    for (String deed : List.of("complete", "requeue")) {
      assertThat(operate(id, deed, "").code()).as(deed).isEqualTo("invalid_state");
    }
    assertThat(operate(id, "fail", "{\"reason\": \"late\"}").code()).isEqualTo("invalid_state");

    assertThat(plugin.resolve("ann")).isInstanceOf(Denied.class);
    assertThat(
            db.texts(
                """
                select type from coding_plans.event
                 where payload ->> 'credentialId' = ? order by id""",
                id))
        .containsExactly(
            "credential.revocation_pending", "credential.revocation_pending", "credential.revoked");
  }

  @Test
  @DisplayName("V2 one that failed can be completed too; stock, use, and nothing cannot")
  void guarded() {
    plugin.stock(ULTRA, 1);
    withdraw();
    var failed = ids(queue("")).getFirst();
    operate(failed, "fail", "{\"reason\": \"no\"}");
    assertThat(operate(failed, "complete", "").status()).isEqualTo(200);

    life.subscribe("bob", PLUS, 20);
    plugin.stock(PLUS, 1);
    for (String id :
        db.texts(
            "select id from coding_plans.credential where status in ('assigned', 'available')")) {
      for (String deed : List.of("complete", "requeue")) {
        assertThat(operate(id, deed, "").code()).isEqualTo("invalid_state");
      }
    }
    var nothing = UUID.randomUUID().toString();
    assertThat(operate(nothing, "complete", "").code()).isEqualTo("not_found");
    assertThat(operate(nothing, "fail", "{\"reason\": \"no\"}").code()).isEqualTo("not_found");
    assertThat(operate("no-id", "requeue", "").status()).isEqualTo(404);
    assertThat(plugin.get("/admin/api/revocations", "user:bob").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("V2 a reason is 1 to 300 printable characters, and nothing else")
  void reasons() {
    plugin.stock(ULTRA, 1);
    withdraw();
    var id = ids(queue("")).getFirst();

    for (String body :
        List.of(
            "",
            "{}",
            "{\"reason\": null}",
            "{\"reason\": \"\"}",
            "{\"reason\": 7}",
            "{\"reason\": \"a\\u0000\"}",
            "{\"reason\": \"x\", \"more\": 1}",
            reason(301))) {
      assertThat(operate(id, "fail", body).code()).as(body).isEqualTo("invalid_request");
    }
    assertThat(operate(id, "fail", reason(300)).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("V1 what waits, and for too long, is among the figures")
  void figures() {
    var meters = new RecordedMeters();
    plugin.stock(ULTRA, 3);
    withdraw();
    operate(ids(queue("")).getFirst(), "fail", "{\"reason\": \"no\"}");
    operate(ids(queue("")).getLast(), "complete", "");
    life.advance(Duration.ofHours(49));

    try (var node = TestPlugin.on(db, OVERDUE, meters)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(meters.value("revocations.pending")).isEqualTo(1);
                assertThat(meters.value("revocations.failed")).isEqualTo(1);
                assertThat(meters.value("revocations.overdue")).isEqualTo(2);
                assertThat(meters.value("revocations.oldest.age.seconds"))
                    .isBetween(49 * 3_600.0, 50 * 3_600.0);
              });
      assertThat(node.address()).isNotNull();
    }
  }

  private static String reason(int length) {
    return "{\"reason\": \"" + "y ".repeat(length).substring(0, length) + "\"}";
  }

  private void withdraw() {
    db.texts("select id from coding_plans.credential where status = 'available' order by position")
        .forEach(
            id ->
                TestPlugin.require(
                    plugin.call(
                        "POST",
                        "/admin/api/inventory/credentials/" + id + "/withdraw",
                        "admin:root",
                        ""),
                    200));
  }

  private Answer operate(String id, String deed, String body) {
    return plugin.call("POST", "/admin/api/revocations/" + id + "/" + deed, "admin:root", body);
  }

  private Answer get(String query) {
    return plugin.get("/admin/api/revocations" + query, "admin:root");
  }

  private JsonNode queue(String query) {
    var answer = get(query);
    TestPlugin.require(answer, 200);
    return answer.json().get("items");
  }

  private static List<String> ids(JsonNode items) {
    return items.findValuesAsText("id");
  }
}
