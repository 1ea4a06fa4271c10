package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {

  private static TestPlugin plugin;
  private static UploadCalls uploads;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
    uploads = new UploadCalls(plugin);
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("I5 withdrawn stock waits for its revocation, without its ciphertext")
  void withdraws() {
    plugin.stock(MAX, 1);
    var id = newest(MAX);

    var answer = uploads.withdraw(id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("status").asText()).isEqualTo("revocation_pending");
    assertThat(
            plugin
                .database()
                .texts(
                    """
                    select 1 from coding_plans.credential
                     where id = ? and status = 'revocation_pending' and ciphertext is null
                       and fingerprint is not null and revocation_requested_at is not null""",
                    UUID.fromString(id)))
        .hasSize(1);
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select user_id is null and payload = jsonb_build_object(
                             'credentialId', ?, 'planId', ?, 'providerId', 'minimax')
                      from coding_plans.event
                     where type = 'credential.revocation_pending' and payload ->> 'credentialId' = ?""",
                    id,
                    MAX,
                    id))
        .isEqualTo("t");
  }

  @Test
  @DisplayName("I5 only stock is withdrawn, and only once")
  void withdrawsOnce() {
    plugin.stock(ULTRA, 1);
    var id = newest(ULTRA);
    require(uploads.withdraw(id), 200);

    assertThat(uploads.withdraw(id).code()).isEqualTo("invalid_state");
    assertThat(uploads.withdraw(UUID.randomUUID().toString()).code()).isEqualTo("not_found");
    assertThat(uploads.withdraw("no-id").status()).isEqualTo(404);
    assertThat(
            plugin
                .database()
                .text(
                    "select count(*) from coding_plans.event where payload ->> 'credentialId' = ?",
                    id))
        .isEqualTo("1");
  }

  @Test
  @DisplayName(
      "I5 P5 an issued credential is not withdrawn, and never returns to stock, even by SQL")
  void issuedNeverReturns() {
    plugin.credit("i5", 120);
    plugin.stock(ULTRA, 1);
    require(plugin.buy("i5", ULTRA), 201);
    var id =
        plugin.database().text("select id from coding_plans.credential where assigned_to = 'i5'");

    assertThat(uploads.withdraw(id).code()).isEqualTo("invalid_state");
    for (String status : List.of("available", "unverified")) {
      assertThatThrownBy(
              () ->
                  plugin
                      .database()
                      .execute(
                          """
                          update coding_plans.credential
                             set status = ?, assigned_to = null, assigned_at = null
                           where id = ?""",
                          status,
                          UUID.fromString(id)))
          .isInstanceOf(DatabaseRefusal.class)
          .hasMessageContaining("never returns to stock");
    }
  }

  @Test
  @DisplayName("I7 counts by provider, plan and status")
  void counts() {
    try (var own = TestPlugin.start()) {
      own.stock(PLUS, 3);
      own.stock(MAX, 1);
      own.credit("i7", 20);
      require(own.buy("i7", PLUS), 201);

      var counts = own.get("/admin/api/inventory", "admin:root").json().get("items").toString();

      assertThat(counts)
          .isEqualTo(
              """
              [{"providerId":"minimax","planId":"%2$s","status":"available","count":1},\
              {"providerId":"minimax","planId":"%1$s","status":"assigned","count":1},\
              {"providerId":"minimax","planId":"%1$s","status":"available","count":2}]"""
                  .formatted(PLUS, MAX));
    }
  }

  @Test
  @DisplayName("I7 credentials are listed by plan and state, page by page, each once")
  void pages() {
    try (var own = TestPlugin.start()) {
      own.stock(PLUS, 7);
      own.stock(MAX, 2);
      own.credit("i7", 20);
      require(own.buy("i7", PLUS), 201);

      assertThat(list(own, "planId=" + MAX).get("items")).hasSize(2);
      assertThat(list(own, "status=assigned").get("items")).hasSize(1);
      assertThat(list(own, "status=revoked").get("items")).isEmpty();
      var ids = new ArrayList<String>();
      var cursor = "";
      do {
        var page = list(own, "planId=%s&status=available&limit=4%s".formatted(PLUS, cursor));
        assertThat(page.get("items")).hasSizeLessThanOrEqualTo(4);
        page.get("items").forEach(item -> ids.add(item.get("id").asText()));
        cursor =
            page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").asText();
      } while (!cursor.isEmpty());
      assertThat(ids).hasSize(6).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cursor=x",
        "cursor=",
        "cursor=%00",
        "cursor=AAAAAAAAAAAAAAAA",
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=ten",
        "limit=99999999999",
        "status=lost"
      })
  @DisplayName("I7 a cursor, limit or state that is none is refused")
  void refusedQueries(String query) {
    var answer = plugin.get("/admin/api/inventory/credentials?" + query, "admin:root");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(violation(answer)).isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  @DisplayName("I7 a filter by a plan id that cannot be is refused")
  void malformedPlanFilter() {
    var answer = plugin.get("/admin/api/inventory/credentials?planId=%00", "admin:root");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(violation(answer)).isEqualTo("planId");
  }

  @Test
  @DisplayName("I5, P6 what is not proven is not sold, until an admin approves it; once")
  void approves() {
    plugin.credit("i5-approve", 20);
    uploads.end(uploads.start(PLUS, "partial", false, "sk-untitled-" + UUID.randomUUID() + "::p"));
    var id = newest(PLUS);
    assertThat(statusOf(id)).isEqualTo("unverified");
    assertThat(plugin.buy("i5-approve", PLUS).code()).isEqualTo("sold_out");

    var answer = uploads.approve(id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("status").asText()).isEqualTo("available");
    assertThat(uploads.approve(id).code()).isEqualTo("invalid_state");
    require(plugin.buy("i5-approve", PLUS), 201);
    assertThat(uploads.approve(id).code()).isEqualTo("invalid_state");
    assertThat(
            plugin
                .database()
                .text(
                    """
                    select verified_at is null and approved_at is not null and assigned_to = 'i5-approve'
                      from coding_plans.credential where id = ?""",
                    UUID.fromString(id)))
        .isEqualTo("t");
  }

  @Test
  @DisplayName("I5 what is not proven can be withdrawn, and is then not approved any more")
  void withdrawsUnproven() {
    uploads.end(uploads.start(MAX, "partial", false, "sk-untitled-" + UUID.randomUUID() + "::p"));
    var id = newest(MAX);

    require(uploads.withdraw(id), 200);

    assertThat(uploads.approve(id).code()).isEqualTo("invalid_state");
    assertThat(uploads.approve(UUID.randomUUID().toString()).code()).isEqualTo("not_found");
    assertThat(
            plugin
                .call("POST", "/admin/api/inventory/credentials/" + id + "/approve", "user:i5", "")
                .code())
        .isEqualTo("forbidden");
  }

  private static String violation(Answer answer) {
    return answer.json().at("/violations/0/field").asText();
  }

  private static String statusOf(String id) {
    return plugin
        .database()
        .text("select status from coding_plans.credential where id = ?", UUID.fromString(id));
  }

  private static String newest(String plan) {
    return list(plugin, "planId=" + plan).at("/items/0/id").asText();
  }

  private static JsonNode list(TestPlugin where, String query) {
    var answer = where.get("/admin/api/inventory/credentials?" + query, "admin:root");
    require(answer, 200);
    return answer.json();
  }
}
