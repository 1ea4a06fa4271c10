package dev.codingplans.plugin.credential.upload;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.UploadCalls.freshKey;
import static dev.codingplans.plugin.support.UploadCalls.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads while they run, on nodes that come and go. */
@Timeout(120)
class UploadNodesTest {

  private final TestDatabase db = TestDatabase.fresh();
  private final ProviderFake provider = new ProviderFake();
  private final List<TestPlugin> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(TestPlugin::close);
    provider.close();
  }

  @Test
  @DisplayName("I2 format and duplicates are looked at before the provider is asked anything")
  void asksNobodyAboutBadLines() {
    var uploads = new UploadCalls(node());
    var key = freshKey() + "::p";
    uploads.end(uploads.start(PLUS, "partial", false, key));
    var calls = provider.calls();

    var again = uploads.start(PLUS, "partial", false, key, "bad", key);

    assertThat(uploads.outcomes(again)).containsExactly("duplicate", "malformed", "duplicate");
    assertThat(provider.calls()).isEqualTo(calls);
  }

  @Test
  @DisplayName("I2 at most ten calls at a time on a node, over all uploads")
  void atMostTenAtOnce() {
    provider.latency(Duration.ofMillis(20));
    var uploads = new UploadCalls(node());

    var both =
        Stream.of("partial", "all_or_nothing")
            .map(mode -> uploads.start(PLUS, mode, false, lines(60)))
            .toList();

    assertThat(both).allSatisfy(upload -> assertStored(uploads.end(upload), 60));
    assertThat(provider.peak()).isEqualTo(10);
  }

  @Test
  @DisplayName("I2, I3 progress is seen while it runs, nothing is stored before it ends")
  void progress() {
    var lines = lines(30);
    provider.treat(key(lines[7]), Manner.LIMITED);
    var uploads = new UploadCalls(node("CODING_PLANS_UPLOAD_BACKOFF", "PT2S"));

    var upload = uploads.start(PLUS, "all_or_nothing", false, lines);
    var running = awaitFinished(uploads, upload, 29);

    assertThat(running.get("state").asText()).isEqualTo("running");
    assertThat(running.get("total").asInt()).isEqualTo(30);
    assertThat(running.get("verified").asInt()).isEqualTo(29);
    assertThat(running.get("stored").asInt()).isZero();
    assertThat(running.get("results"))
        .extracting(line -> line.get("line").asInt())
        .isEqualTo(IntStream.rangeClosed(1, 30).filter(line -> line != 8).boxed().toList());
    assertThat(UploadCalls.outcomes(running)).containsOnly("verified");
    assertThat(db.texts("select id from coding_plans.credential")).isEmpty();

    // A provider that is only busy is asked again.
    provider.treat(key(lines[7]), Manner.GOOD);
    assertStored(uploads.end(upload), 30);
    assertNothingKept();
  }

  @Test
  @DisplayName("I2 a node that stops gives its uploads back; another goes on where it was")
  void goesOnElsewhere() {
    var lines = lines(30);
    provider.treat(key(lines[7]), Manner.SLOW);
    Answer upload;
    try (var first = TestPlugin.on(db, settings(), List.of())) {
      var uploads = new UploadCalls(first);
      upload = uploads.start(PLUS, "all_or_nothing", false, lines);
      awaitFinished(uploads, upload, 29);
    }
    assertThat(db.texts("select id from coding_plans.credential")).isEmpty();
    provider.treat(key(lines[7]), Manner.GOOD);

    var second = node();

    assertStored(new UploadCalls(second).end(upload), 30);
    assertThat(lines)
        .filteredOn(line -> !line.equals(lines[7]))
        .allSatisfy(line -> assertThat(provider.callsOf(key(line))).isEqualTo(2));
    assertThat(db.texts("select upstream_plan_id from coding_plans.credential order by position"))
        .isEqualTo(IntStream.range(0, 30).mapToObj(i -> "p" + i).toList());
    assertNothingKept();
    assertReconciled(second);
  }

  @Test
  @DisplayName("I4 an upload keeps its provider when the plan moves to another one meanwhile")
  void keepsItsProvider() {
    var lines = lines(1);
    provider.treat(key(lines[0]), Manner.SLOW);
    Answer upload;
    try (var first = TestPlugin.on(db, settings(), List.of())) {
      upload = new UploadCalls(first).start(PLUS, "all_or_nothing", false, lines);
    }

    var second =
        node(
            "CODING_PLANS_CATALOG",
            """
            {"providers": [{"id": "minimax", "name": "MiniMax"}, {"id": "acme", "name": "Acme"}],
             "plans": [{"id": "%s", "kind": "credential", "provider": "acme", "name": "Plus",
               "priceMicrodollars": 1, "periodDays": 30}]}"""
                .formatted(PLUS));

    assertThat(new UploadCalls(second).outcomes(upload)).containsExactly("unverified");
    assertThat(db.texts("select provider_id from coding_plans.credential"))
        .containsExactly("minimax");
  }

  @Test
  @DisplayName("I2 a node whose lease has ended leaves the upload to the one that goes on")
  void sleepsTooLong() {
    var lines = lines(3);
    provider.treat(key(lines[1]), Manner.SLOW);
    var sleeper = new UploadCalls(node());
    var upload = sleeper.start(PLUS, "all_or_nothing", false, lines);
    awaitFinished(sleeper, upload, 2);

    // As if it had not been heard of for long.
    provider.treat(key(lines[1]), Manner.GOOD);
    db.execute(
        "update coding_plans.upload set leased_until = clock_timestamp(), lease = lease + 1");
    var other = new UploadCalls(node());

    assertStored(other.end(upload), 3);
    // The first one has let go: it takes the next upload, and asks about nothing of this one again.
    assertStored(sleeper.end(sleeper.start(PLUS, "partial", false, lines(2))), 2);
    assertThat(db.text("select count(*) from coding_plans.credential")).isEqualTo("5");
    assertNothingKept();
  }

  @Test
  @DisplayName("I2 nodes that lose their leases all the time store each key once, or none of them")
  void leasesThatNeverLast() throws Exception {
    for (int i = 0; i < 2; i++) {
      node("CODING_PLANS_UPLOAD_INTERVAL", "PT0.02S");
    }
    var uploads = new UploadCalls(nodes.getFirst());
    provider.latency(Duration.ofMillis(25));
    var taken =
        IntStream.range(0, 12)
            .mapToObj(
                i -> uploads.start(i % 2 == 0 ? PLUS : MAX, "all_or_nothing", false, tiered(i)))
            .toList();

    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(UploadCalls.PATIENCE)
        .until(
            () -> {
              // Few enough for an end: what was begun too often is given up.
              db.execute(
                  """
                  update coding_plans.upload set leased_until = clock_timestamp()
                   where state = 'running' and lease < 15""");
              return db.text("select count(*) from coding_plans.upload where state = 'running'")
                  .equals("0");
            });

    assertThat(taken).allSatisfy(upload -> assertStored(uploads.end(upload), 20));
    assertThat(db.text("select count(*) from coding_plans.credential")).isEqualTo("240");
    assertThat(db.text("select max(lease) from coding_plans.upload")).isNotEqualTo("1");
    assertNothingKept();
    nodes.forEach(node -> assertReconciled(node));
  }

  @Test
  @DisplayName("I2 an upload that no node can end is given up: nothing of it is stored")
  void givesUp() {
    var uploads = new UploadCalls(node());
    var lines = lines(2);
    provider.treat(key(lines[1]), Manner.SLOW);
    var upload = uploads.start(PLUS, "partial", false, lines);
    awaitFinished(uploads, upload, 1);

    db.execute("update coding_plans.upload set leased_until = clock_timestamp(), lease = 20");
    var end = new UploadCalls(node()).end(upload);

    assertThat(UploadCalls.outcomes(end)).containsExactly("verified", "unreachable");
    assertThat(end.get("stored").asInt()).isZero();
    assertThat(db.texts("select id from coding_plans.credential")).isEmpty();
    assertNothingKept();
  }

  @Test
  @DisplayName("I2 two uploads of the same keys at once, on two nodes, store each key once")
  void identicalUploadsAtOnce() throws Exception {
    var lines = lines(200);
    var both = Stream.of(new UploadCalls(node()), new UploadCalls(node())).toList();

    var outcomes =
        atOnce(both, uploads -> uploads.outcomes(uploads.start(PLUS, "partial", false, lines)));

    assertThat(db.text("select count(*) from coding_plans.credential")).isEqualTo("200");
    for (int line = 0; line < 200; line++) {
      assertThat(List.of(outcomes.get(0).get(line), outcomes.get(1).get(line)))
          .containsExactlyInAnyOrder("stored", "duplicate");
    }
    assertThat(outcomes.stream().map(HashSet::new)).allMatch(one -> one.size() == 1);
  }

  @Test
  @DisplayName(
      "I5, P6 withdrawing races purchases: each credential goes one way, nobody waits long")
  void withdrawDuringRush() throws Exception {
    var shop = node();
    var uploads = new UploadCalls(shop);
    IntStream.range(0, 40).forEach(i -> shop.credit("buyer-" + i, 20));
    assertStored(uploads.end(uploads.start(PLUS, "partial", false, lines(40))), 40);
    var ids = db.texts("select id from coding_plans.credential order by position");

    List<Callable<String>> deeds = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      var id = ids.get(i);
      var buyer = "buyer-" + i;
      deeds.add(() -> uploads.withdraw(id).status() == 200 ? "withdrawn" : "");
      deeds.add(() -> shop.buy(buyer, PLUS).status() == 201 ? "sold" : "");
    }
    deeds.add(
        () -> uploads.end(uploads.start(PLUS, "partial", false, lines(5))).get("stored").asText());
    var results = atOnce(deeds, Callable::call);

    assertThat(results.getLast()).isEqualTo("5");
    var sold = Collections.frequency(results, "sold");
    var withdrawn = Collections.frequency(results, "withdrawn");
    assertThat(count("assigned")).isEqualTo(sold);
    assertThat(count("revocation_pending")).isEqualTo(withdrawn);
    assertThat(count("available")).isEqualTo(45 - sold - withdrawn);
    assertThat(db.text("select deadlocks from pg_stat_database where datname = current_database()"))
        .isEqualTo("0");
    assertReconciled(shop);
  }

  /** Not on the common pool, which others need. */
  private static <T, R> List<R> atOnce(List<T> subjects, Deed<T, R> deed) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<R>();
      for (var each :
          threads.invokeAll(subjects.stream().<Callable<R>>map(s -> () -> deed.of(s)).toList())) {
        results.add(each.get());
      }
      return results;
    }
  }

  /** Something that is done with each of many, at once. */
  @FunctionalInterface
  private interface Deed<T, R> {
    R of(T subject) throws Exception;
  }

  private long count(String status) {
    return Long.parseLong(
        db.text("select count(*) from coding_plans.credential where status = ?", status));
  }

  /** Lines whose keys name the tier: even ones Plus, odd ones Max. */
  private static String[] tiered(int upload) {
    var tier = upload % 2 == 0 ? "sk-plus-" : "sk-max-";
    return Stream.of(lines(20)).map(line -> tier + line).toArray(String[]::new);
  }

  private TestPlugin node(String... setting) {
    var settings = settings();
    if (setting.length > 0) {
      settings.put(setting[0], setting[1]);
    }
    nodes.add(TestPlugin.on(db, settings, List.of()));
    return nodes.getLast();
  }

  private Map<String, String> settings() {
    return new HashMap<>(Map.of("MINIMAX_BASE_URL", provider.url()));
  }

  private static JsonNode awaitFinished(UploadCalls uploads, Answer upload, int lines) {
    return await()
        .atMost(UploadCalls.PATIENCE)
        .until(() -> uploads.progress(upload), progress -> progress.get("results").size() == lines);
  }

  private static void assertStored(JsonNode end, int lines) {
    assertThat(end.get("stored").asInt()).as(end.toString()).isEqualTo(lines);
    assertThat(UploadCalls.outcomes(end)).hasSize(lines).containsOnly("stored");
  }

  /** Of an upload that has ended, nothing is left from which a key could be had. */
  private void assertNothingKept() {
    assertThat(
            db.texts(
                """
                select upload_id from coding_plans.upload_line
                 where num_nonnulls(id, upstream_plan_id, fingerprint, ciphertext) > 0"""))
        .isEmpty();
  }

  private static String key(String line) {
    return line.substring(0, line.indexOf("::"));
  }
}
