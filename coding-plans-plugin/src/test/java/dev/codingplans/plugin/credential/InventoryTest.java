package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.ULTRA;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Two providers, so that a plan can belong to the other. */
  private static final String CATALOG =
      """
      {"providers": [{"id": "minimax", "name": "MiniMax"}, {"id": "acme", "name": "Acme"}],
       "plans": [
         {"id": "minimax-token-plan-plus", "kind": "credential", "provider": "minimax",
          "name": "Token Plan Plus", "priceMicrodollars": 20000000, "periodDays": 30},
         {"id": "minimax-token-plan-max", "kind": "credential", "provider": "minimax",
          "name": "Token Plan Max", "priceMicrodollars": 50000000, "periodDays": 30},
         {"id": "minimax-token-plan-ultra", "kind": "credential", "provider": "minimax",
          "name": "Token Plan Ultra", "priceMicrodollars": 120000000, "periodDays": 30},
         {"id": "acme-pro", "kind": "credential", "provider": "acme",
          "name": "Pro", "priceMicrodollars": 1, "periodDays": 30},
         {"id": "vm-5-monthly", "kind": "quota", "name": "5 VMs",
          "priceMicrodollars": 10000000, "periodDays": 30, "unit": "vm", "units": 5}]}""";

  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    plugin =
        TestPlugin.on(TestDatabase.fresh(), Map.of("CODING_PLANS_CATALOG", CATALOG), List.of());
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "::",
        "no-separator",
        "one:colon",
        "::plan",
        "key::",
        " ::plan",
        "key:: ",
        "a::b::c",
        "a:::b",
        "key with blanks::plan",
        "two\nlines::plan",
        "kéy::plan",
        "key::two\nlines",
        "key::\u0000"
      })
  @DisplayName("I1 what is not <api key>::<upstream plan id> is malformed")
  void malformed(String line) {
    assertThat(outcomes(upload(PLUS, "partial", false, line))).containsExactly("malformed");
  }

  @Test
  @DisplayName("I1 both parts are trimmed, so a key with blanks around it is the same key")
  void trims() {
    var key = freshKey();

    var outcomes =
        outcomes(upload(PLUS, "partial", false, " " + key + " :: plan 7\t", key + "::other"));

    assertThat(outcomes).containsExactly("stored", "duplicate");
    assertThat(
            plugin
                .database()
                .texts("select 1 from coding_plans.credential where upstream_plan_id = 'plan 7'"))
        .hasSize(1);
  }

  @Test
  @DisplayName("I1 an upload has 1 to 1,000 entries")
  void sizes() {
    assertThat(violation(upload(PLUS, "partial", true))).isEqualTo("entries");
    assertThat(violation(upload(PLUS, "partial", true, keys(1_001)))).isEqualTo("entries");
    assertThat(outcomes(upload(PLUS, "partial", true, keys(1_000))))
        .hasSize(1_000)
        .containsOnly("verified");
  }

  @Test
  @DisplayName("I1 the plan must be a credential plan of the provider; no job is made otherwise")
  void wrongPlans() {
    var jobs = jobs();

    assertThat(upload("no-such-plan", "partial", false, freshKey() + "::p").code())
        .isEqualTo("unknown_plan");
    assertThat(upload("NO PLAN", "partial", false, freshKey() + "::p").code())
        .isEqualTo("unknown_plan");
    assertThat(upload("vm-5-monthly", "partial", false, freshKey() + "::p").code())
        .isEqualTo("unknown_plan");
    var othersPlan = upload("acme-pro", "partial", false, freshKey() + "::p");
    assertThat(othersPlan.code()).isEqualTo("invalid_request");
    assertThat(violation(othersPlan)).isEqualTo("planId");
    assertThat(jobs()).isEqualTo(jobs);
  }

  @Test
  @DisplayName("I1 entries are a list of texts, and a mode is one of the two")
  void wrongTypes() {
    var start = "{\"providerId\": \"minimax\", \"planId\": \"" + PLUS + "\", ";

    assertThat(violation(post(start + "\"entries\": \"a::b\"}"))).isEqualTo("entries");
    assertThat(violation(post(start + "\"entries\": [5]}"))).isEqualTo("entries[0]");
    assertThat(violation(post(start + "\"entries\": [\"a::b\", null]}"))).isEqualTo("entries[1]");
    assertThat(violation(post(start + "\"entries\": [\"a::b\"], \"mode\": \"best\"}")))
        .isEqualTo("mode");
    assertThat(violation(post(start + "\"entries\": [\"a::b\"], \"dryRun\": \"true\"}")))
        .isEqualTo("dryRun");
    assertThat(violation(post(start + "\"lines\": [\"a::b\"]}"))).isEqualTo("lines");
  }

  @Test
  @DisplayName("I3 all or nothing: one bad line stores nothing, and good lines say verified")
  void allOrNothing() {
    var good = freshKey();
    var before = stored();

    var upload = upload(PLUS, "all_or_nothing", false, good + "::p", "bad", good + "::q");

    assertThat(outcomes(upload)).containsExactly("verified", "malformed", "duplicate");
    assertThat(stored()).isEqualTo(before);
    assertThat(outcomes(upload(PLUS, "all_or_nothing", false, good + "::p")))
        .containsExactly("stored");
  }

  @Test
  @DisplayName("I3 partial stores the good lines; lines count from 1")
  void partial() {
    var before = stored();

    var progress =
        progress(upload(PLUS, "partial", false, "bad", freshKey() + "::p", freshKey() + "::q"));

    assertThat(outcomes(progress)).containsExactly("malformed", "stored", "stored");
    assertThat(progress.get("results"))
        .extracting(line -> line.get("line").asInt())
        .containsExactly(1, 2, 3);
    assertThat(progress.get("state").asText()).isEqualTo("done");
    assertThat(progress.get("total").asInt()).isEqualTo(3);
    assertThat(progress.get("verified").asInt()).isEqualTo(2);
    assertThat(progress.get("stored").asInt()).isEqualTo(2);
    assertThat(stored()).isEqualTo(before + 2);
  }

  @Test
  @DisplayName("I3 a dry run stores nothing, in either mode")
  void dryRun() {
    var before = stored();
    var line = freshKey() + "::p";

    for (String mode : List.of("partial", "all_or_nothing")) {
      var progress = progress(upload(PLUS, mode, true, line));
      assertThat(outcomes(progress)).containsExactly("verified");
      assertThat(progress.get("stored").asInt()).isZero();
      assertThat(progress.get("verified").asInt()).isEqualTo(1);
    }
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  @DisplayName("I3 all or nothing is the default, and a job tells where it is followed")
  void defaults() {
    var before = stored();
    var answer =
        post(
            "{\"providerId\": \"minimax\", \"planId\": \"%s\", \"entries\": [\"%s::p\", \"bad\"]}"
                .formatted(PLUS, freshKey()));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("location"))
        .endsWith("/admin/api/inventory/uploads/" + answer.json().get("id").asText());
    assertThat(outcomes(answer)).containsExactly("verified", "malformed");
    assertThat(stored()).isEqualTo(before);
    assertThat(plugin.get("/admin/api/inventory/uploads/" + UUID.randomUUID(), "admin:root").code())
        .isEqualTo("not_found");
  }

  @Test
  @DisplayName("I2 a key that was ever stored is a duplicate, whatever its plan or state")
  void duplicatesForEver() {
    var key = freshKey();
    require(upload(PLUS, "partial", false, key + "::p"), 202);

    assertThat(outcomes(upload(MAX, "partial", false, key + "::q"))).containsExactly("duplicate");
    require(withdraw(newest(PLUS)), 200);
    assertThat(outcomes(upload(PLUS, "partial", false, key + "::p"))).containsExactly("duplicate");
  }

  @Test
  @DisplayName("I3 no answer about an upload or the stock holds a key or an upstream plan id")
  void answersWithoutKeys() {
    var key = freshKey();
    var upload = upload(PLUS, "partial", false, key + "::upstream-77", key + "::upstream-77", key);
    var id = newest(PLUS);

    var answers =
        Stream.of(
                upload,
                plugin.get(
                    "/admin/api/inventory/uploads/" + upload.json().get("id").asText(),
                    "admin:root"),
                plugin.get("/admin/api/inventory", "admin:root"),
                plugin.get("/admin/api/inventory/credentials?limit=100", "admin:root"),
                withdraw(id))
            .toList();

    assertThat(answers).extracting(Answer::status).containsExactly(202, 200, 200, 200, 200);
    assertThat(answers)
        .noneMatch(answer -> answer.body().contains(key) || answer.body().contains("upstream-77"));
  }

  @Test
  @DisplayName("I5 withdrawn stock waits for its revocation, without its ciphertext")
  void withdraws() {
    plugin.stock(MAX, 1);
    var id = newest(MAX);

    var answer = withdraw(id);

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
    require(withdraw(id), 200);

    assertThat(withdraw(id).code()).isEqualTo("invalid_state");
    assertThat(withdraw(UUID.randomUUID().toString()).code()).isEqualTo("not_found");
    assertThat(withdraw("no-id").status()).isEqualTo(404);
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

    assertThat(withdraw(id).code()).isEqualTo("invalid_state");
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
  @DisplayName("I7 a plan id that cannot be is that of nothing")
  void malformedPlanFilter() {
    assertThat(plugin.get("/admin/api/inventory/credentials?planId=%00", "admin:root").status())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("I2 two uploads of the same keys at once store each key once")
  void identicalUploadsAtOnce() {
    var before = stored();
    var lines = keys(200);

    var outcomes =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> upload(MAX, "partial", false, lines)))
            .limit(2)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(InventoryTest::outcomes)
            .toList();

    assertThat(stored()).isEqualTo(before + 200);
    assertThat(outcomes).hasSize(2);
    for (int line = 0; line < 200; line++) {
      assertThat(List.of(outcomes.get(0).get(line), outcomes.get(1).get(line)))
          .containsExactlyInAnyOrder("stored", "duplicate");
    }
    assertThat(outcomes.stream().map(HashSet::new)).allMatch(one -> one.size() == 1);
  }

  private static String freshKey() {
    return "sk-" + UUID.randomUUID();
  }

  private static String[] keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> freshKey() + "::p" + i).toArray(String[]::new);
  }

  private static Answer upload(String plan, String mode, boolean dryRun, String... lines) {
    var body = JSON.createObjectNode();
    body.put("providerId", "minimax").put("planId", plan).put("mode", mode).put("dryRun", dryRun);
    var entries = body.putArray("entries");
    Stream.of(lines).forEach(entries::add);
    return post(body.toString());
  }

  private static Answer post(String body) {
    return plugin.call("POST", "/admin/api/inventory/uploads", "admin:root", body);
  }

  private static JsonNode progress(Answer upload) {
    require(upload, 202);
    var id = upload.json().get("id").asText();
    var progress = plugin.get("/admin/api/inventory/uploads/" + id, "admin:root");
    require(progress, 200);
    return progress.json();
  }

  private static List<String> outcomes(Answer upload) {
    return outcomes(progress(upload));
  }

  private static List<String> outcomes(JsonNode progress) {
    var outcomes = new ArrayList<String>();
    progress.get("results").forEach(line -> outcomes.add(line.get("outcome").asText()));
    return outcomes;
  }

  private static String violation(Answer answer) {
    return answer.json().at("/violations/0/field").asText();
  }

  private static Answer withdraw(String id) {
    return plugin.call(
        "POST", "/admin/api/inventory/credentials/" + id + "/withdraw", "admin:root", "");
  }

  private static String newest(String plan) {
    return list(plugin, "planId=" + plan).at("/items/0/id").asText();
  }

  private static JsonNode list(TestPlugin where, String query) {
    var answer = where.get("/admin/api/inventory/credentials?" + query, "admin:root");
    require(answer, 200);
    return answer.json();
  }

  private static int stored() {
    return Integer.parseInt(plugin.database().text("select count(*) from coding_plans.credential"));
  }

  private static int jobs() {
    return Integer.parseInt(plugin.database().text("select count(*) from coding_plans.upload"));
  }
}
