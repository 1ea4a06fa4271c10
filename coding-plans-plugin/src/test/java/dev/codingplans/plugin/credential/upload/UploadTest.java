package dev.codingplans.plugin.credential.upload;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static dev.codingplans.plugin.support.UploadCalls.freshKey;
import static dev.codingplans.plugin.support.UploadCalls.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {

  /** Two providers, so that a plan can belong to the other; only one has an adapter. */
  private static final String CATALOG =
      """
      {"providers": [{"id": "minimax", "name": "MiniMax"}, {"id": "acme", "name": "Acme"}],
       "plans": [
         {"id": "minimax-token-plan-plus", "kind": "credential", "provider": "minimax",
          "name": "Token Plan Plus", "priceMicrodollars": 20000000, "periodDays": 30},
         {"id": "minimax-token-plan-max", "kind": "credential", "provider": "minimax",
          "name": "Token Plan Max", "priceMicrodollars": 50000000, "periodDays": 30},
         {"id": "acme-pro", "kind": "credential", "provider": "acme",
          "name": "Pro", "priceMicrodollars": 1, "periodDays": 30},
         {"id": "vm-5-monthly", "kind": "quota", "name": "5 VMs",
          "priceMicrodollars": 10000000, "periodDays": 30, "unit": "vm", "units": 5}]}""";

  private static TestPlugin plugin;
  private static UploadCalls uploads;

  @BeforeAll
  static void start() {
    plugin =
        TestPlugin.on(TestDatabase.fresh(), Map.of("CODING_PLANS_CATALOG", CATALOG), List.of());
    uploads = new UploadCalls(plugin);
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
    assertThat(uploads.outcomes(uploads.start(PLUS, "partial", false, line)))
        .containsExactly("malformed");
  }

  @Test
  @DisplayName("I1 both parts are trimmed, so a key with blanks around it is the same key")
  void trims() {
    var key = freshKey();

    var upload = uploads.start(PLUS, "partial", false, " " + key + " :: plan 7\t", key + "::other");

    assertThat(uploads.outcomes(upload)).containsExactly("stored", "duplicate");
    assertThat(
            plugin
                .database()
                .texts("select 1 from coding_plans.credential where upstream_plan_id = 'plan 7'"))
        .hasSize(1);
  }

  @Test
  @DisplayName("I1 an upload has 1 to 1,000 entries")
  void sizes() {
    assertThat(violation(uploads.start(PLUS, "partial", true))).isEqualTo("entries");
    assertThat(violation(uploads.start(PLUS, "partial", true, lines(1_001)))).isEqualTo("entries");
  }

  @Test
  @DisplayName("I1 the plan must be a credential plan of the provider; no job is made otherwise")
  void wrongPlans() {
    var jobs = jobs();

    for (var plan : List.of("no-such-plan", "NO PLAN", "vm-5-monthly")) {
      assertThat(uploads.start(plan, "partial", false, freshKey() + "::p").code())
          .as(plan)
          .isEqualTo("unknown_plan");
    }
    var othersPlan = uploads.start("acme-pro", "partial", false, freshKey() + "::p");
    assertThat(othersPlan.code()).isEqualTo("invalid_request");
    assertThat(violation(othersPlan)).isEqualTo("planId");
    assertThat(jobs()).isEqualTo(jobs);
  }

  @Test
  @DisplayName("I1 entries are a list of texts, and a mode is one of the two")
  void wrongTypes() {
    var start = "{\"providerId\": \"minimax\", \"planId\": \"" + PLUS + "\", ";

    assertThat(violation(uploads.post(start + "\"entries\": \"a::b\"}"))).isEqualTo("entries");
    assertThat(violation(uploads.post(start + "\"entries\": [5]}"))).isEqualTo("entries[0]");
    assertThat(violation(uploads.post(start + "\"entries\": [\"a::b\", null]}")))
        .isEqualTo("entries[1]");
    assertThat(violation(uploads.post(start + "\"entries\": [\"a::b\"], \"mode\": \"best\"}")))
        .isEqualTo("mode");
    assertThat(violation(uploads.post(start + "\"entries\": [\"a::b\"], \"dryRun\": \"true\"}")))
        .isEqualTo("dryRun");
    assertThat(violation(uploads.post(start + "\"lines\": [\"a::b\"]}"))).isEqualTo("lines");
  }

  @Test
  @DisplayName(
      "I2 a thousand lines are proven, and the ten bad ones are named by number and reason")
  void tenOfAThousand() {
    var lines = lines(1_000);
    var bad =
        List.of(
            "malformed",
            "duplicate",
            "rejected",
            "tier_mismatch",
            "rejected",
            "malformed",
            "rejected",
            "rejected",
            "tier_mismatch",
            "rejected");
    lines[500] = "no line";
    lines[501] = lines[3];
    lines[502] = "sk-unauthorized-" + UUID.randomUUID() + "::p";
    lines[503] = "sk-foreign-" + UUID.randomUUID() + "::p";
    lines[504] = "sk-planless-" + UUID.randomUUID() + "::p";
    lines[505] = lines[4] + "::x";
    lines[506] = "sk-forbidden-" + UUID.randomUUID() + "::p";
    lines[507] = "sk-rejected-" + UUID.randomUUID() + "::p";
    lines[508] = "sk-foreign-" + UUID.randomUUID() + "::p";
    lines[509] = "sk-empty-" + UUID.randomUUID() + "::p";
    var before = stored();

    var end = uploads.end(uploads.start(PLUS, "partial", false, lines));

    var outcomes = UploadCalls.outcomes(end);
    assertThat(outcomes.subList(500, 510)).isEqualTo(bad);
    assertThat(end.at("/results/500/line").asInt()).isEqualTo(501);
    assertThat(outcomes).filteredOn("stored"::equals).hasSize(990);
    assertThat(end.get("stored").asInt()).isEqualTo(990);
    assertThat(end.get("verified").asInt()).isEqualTo(990);
    assertThat(stored()).isEqualTo(before + 990);
    // First in, first out: in the order of the lines, whichever was proven first.
    assertThat(
            plugin
                .database()
                .texts(
                    "select upstream_plan_id from coding_plans.credential order by position desc limit 990"))
        .isEqualTo(
            IntStream.iterate(999, i -> i >= 0, i -> i - 1)
                .filter(i -> i < 500 || i > 509)
                .mapToObj(i -> "p" + i)
                .toList());
  }

  @Test
  @DisplayName("I2 a key that was ever stored is a duplicate, whatever its plan or state")
  void duplicatesForEver() {
    var key = freshKey();
    uploads.end(uploads.start(PLUS, "partial", false, key + "::p"));

    assertThat(uploads.outcomes(uploads.start(MAX, "partial", false, key + "::q")))
        .containsExactly("duplicate");
    require(uploads.withdraw(newest(PLUS)), 200);
    assertThat(uploads.outcomes(uploads.start(PLUS, "partial", false, key + "::p")))
        .containsExactly("duplicate");
  }

  @ParameterizedTest
  @CsvSource({
    "foreign, tier_mismatch",
    "planless, rejected",
    "unauthorized, rejected",
    "limited, unreachable",
    "malformed, malformed"
  })
  @DisplayName("I3, I4 all or nothing: one bad line stores nothing, and good lines say verified")
  void allOrNothing(String manner, String outcome) {
    var good = freshKey() + "::p";
    var bad = manner.equals("malformed") ? manner : "sk-" + manner + "-" + freshKey() + "::p";
    var before = stored();

    var end = uploads.end(uploads.start(PLUS, "all_or_nothing", false, good, bad));

    assertThat(UploadCalls.outcomes(end)).containsExactly("verified", outcome);
    assertThat(end.get("verified").asInt()).isEqualTo(1);
    assertThat(end.get("stored").asInt()).isZero();
    assertThat(stored()).isEqualTo(before);
    assertThat(uploads.outcomes(uploads.start(PLUS, "all_or_nothing", false, good)))
        .containsExactly("stored");
  }

  @Test
  @DisplayName("I3, I4 a good key of which no tier is known fails no upload; it waits for approval")
  void unverified() {
    var before = stored();
    var untitled = "sk-untitled-" + freshKey();

    var end =
        uploads.end(
            uploads.start(PLUS, "all_or_nothing", false, freshKey() + "::p", untitled + "::p"));

    assertThat(UploadCalls.outcomes(end)).containsExactly("stored", "unverified");
    assertThat(end.get("verified").asInt()).isEqualTo(1);
    assertThat(end.get("stored").asInt()).isEqualTo(2);
    assertThat(stored()).isEqualTo(before + 2);
    assertThat(
            plugin
                .database()
                .texts(
                    """
                    select status || ' ' || (verified_at is not null) from coding_plans.credential
                     order by position desc limit 2"""))
        .containsExactly("unverified false", "available true");
  }

  @Test
  @DisplayName("I3 partial stores the good lines; lines count from 1")
  void partial() {
    var before = stored();

    var end =
        uploads.end(
            uploads.start(
                PLUS,
                "partial",
                false,
                "bad",
                freshKey() + "::p",
                "sk-unauthorized-" + freshKey() + "::p",
                freshKey() + "::q"));

    assertThat(UploadCalls.outcomes(end))
        .containsExactly("malformed", "stored", "rejected", "stored");
    assertThat(end.get("results"))
        .extracting(line -> line.get("line").asInt())
        .containsExactly(1, 2, 3, 4);
    assertThat(end.get("total").asInt()).isEqualTo(4);
    assertThat(end.get("verified").asInt()).isEqualTo(2);
    assertThat(end.get("stored").asInt()).isEqualTo(2);
    assertThat(stored()).isEqualTo(before + 2);
  }

  @Test
  @DisplayName("I3 a dry run stores nothing, in either mode")
  void dryRun() {
    var before = stored();
    var line = freshKey() + "::p";
    var untitled = "sk-untitled-" + freshKey() + "::p";

    for (String mode : List.of("partial", "all_or_nothing")) {
      var end = uploads.end(uploads.start(PLUS, mode, true, line, untitled));
      assertThat(UploadCalls.outcomes(end)).containsExactly("verified", "unverified");
      assertThat(end.get("stored").asInt()).isZero();
      assertThat(end.get("verified").asInt()).isEqualTo(1);
    }
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  @DisplayName("I3 all or nothing is the default, and a job tells where it is followed")
  void defaults() {
    var before = stored();
    var answer =
        uploads.post(
            "{\"providerId\": \"minimax\", \"planId\": \"%s\", \"entries\": [\"%s::p\", \"bad\"]}"
                .formatted(PLUS, freshKey()));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("location"))
        .endsWith("/admin/api/inventory/uploads/" + answer.json().get("id").asText());
    assertThat(uploads.outcomes(answer)).containsExactly("verified", "malformed");
    assertThat(stored()).isEqualTo(before);
    assertThat(plugin.get("/admin/api/inventory/uploads/" + UUID.randomUUID(), "admin:root").code())
        .isEqualTo("not_found");
  }

  @Test
  @DisplayName("I3, V3 no answer about an upload or the stock holds a key or an upstream plan id")
  void answersWithoutKeys() {
    var key = freshKey();
    var upload =
        uploads.start(PLUS, "partial", false, key + "::upstream-77", key + "::upstream-77", key);
    uploads.end(upload);

    var answers =
        Stream.of(
                upload,
                plugin.get("/admin/api/inventory/uploads/" + UploadCalls.id(upload), "admin:root"),
                plugin.get("/admin/api/inventory", "admin:root"),
                plugin.get("/admin/api/inventory/credentials?limit=100", "admin:root"),
                uploads.withdraw(newest(PLUS)))
            .toList();

    assertThat(answers).extracting(Answer::status).containsExactly(202, 200, 200, 200, 200);
    assertThat(answers)
        .noneMatch(answer -> answer.body().contains(key) || answer.body().contains("upstream-77"));
  }

  @Test
  @DisplayName("I4 a provider without an adapter: nothing is proven, and an admin decides")
  void withoutAdapter() {
    plugin.credit("i4", 1);
    var upload = uploads.start("acme", "acme-pro", "all_or_nothing", false, freshKey() + "::p");

    var end = uploads.end(upload);

    assertThat(UploadCalls.outcomes(end)).containsExactly("unverified");
    assertThat(end.get("stored").asInt()).isEqualTo(1);
    assertThat(plugin.buy("i4", "acme-pro").code()).isEqualTo("sold_out");
    uploads.approveAll("acme-pro");
    require(plugin.buy("i4", "acme-pro"), 201);
  }

  @Test
  @DisplayName("I2 more uploads at once than anybody needs are refused for a while")
  void tooMany() {
    plugin
        .database()
        .execute(
            """
            insert into coding_plans.upload
                   (id, provider_id, plan_id, mode, dry_run, state, leased_until)
            select gen_random_uuid(), 'minimax', 'many', 'partial', true, 'running', 'infinity'
              from generate_series(1, 100)""");
    try {
      var answer = uploads.start(PLUS, "partial", false, freshKey() + "::p");

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.code()).isEqualTo("too_many_requests");
      assertThat(answer.header("retry-after")).isNotEmpty();
    } finally {
      plugin.database().execute("delete from coding_plans.upload where plan_id = 'many'");
    }
  }

  private static String violation(Answer answer) {
    return answer.json().at("/violations/0/field").asText();
  }

  private static String newest(String plan) {
    return plugin
        .get("/admin/api/inventory/credentials?planId=" + plan, "admin:root")
        .json()
        .at("/items/0/id")
        .asText();
  }

  private static int stored() {
    return Integer.parseInt(plugin.database().text("select count(*) from coding_plans.credential"));
  }

  private static int jobs() {
    return Integer.parseInt(plugin.database().text("select count(*) from coding_plans.upload"));
  }
}
