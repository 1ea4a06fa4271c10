package dev.codingplans.plugin;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.plugin.support.Eavesdropper;
import dev.codingplans.plugin.support.Fault;
import dev.codingplans.plugin.support.FaultyWire;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import dev.codingplans.plugin.vault.Keyset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Keys that go through everything, most of it failing, with every log as talkative as it can be.
 */
class SecretsTest {

  private static final String CANARY = "hunter2";
  private static final String CANARY_BYTES =
      HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8));
  private static final int MOST_STATEMENTS = 60;
  private static final Duration OFTEN = Duration.ofMillis(10);

  private final String keyset = Keyset.generate().toJson();
  private final TestDatabase db = TestDatabase.fresh();
  private final FaultyWire wire = FaultyWire.to(db);
  private final NamedMeters meters = new NamedMeters();
  private final List<Answer> answers = new ArrayList<>();
  private Eavesdropper log;
  private TestPlugin plugin;

  @BeforeEach
  void start() throws Exception {
    db.logStatements();
    log = Eavesdropper.listeningFor(CANARY, CANARY_BYTES, keyMaterial());
    var settings = new HashMap<>(wire.settings());
    settings.put("CODING_PLANS_KEYSET", keyset);
    settings.put("DATABASE_PASSWORD", CANARY + "-password");
    plugin = TestPlugin.on(db, settings, meters);
  }

  @AfterEach
  void stop() throws Exception {
    plugin.close();
    wire.close();
    log.close();
  }

  @Test
  @DisplayName(
      "B2, F3 a key that meets every failure is in no log, answer, metric, event, or other row")
  void nothingLeaks() {
    refusedForTheirForm();
    plugin.credit("buyer-1", 20);
    var sold = freshKey();
    plugin.stock(PLUS, List.of(sold, freshKey(), freshKey()));
    for (Fault fault : List.of(Fault.REFUSED, Fault.CUT_BEFORE)) {
      uploadWhileFailing(fault);
      whileFailing(fault, () -> putKey("owner", freshKey()));
    }
    whileFailing(Fault.REFUSED, () -> plugin.buy("buyer-1", PLUS));
    route();
    echo(sold);
    operate();
    look();

    assertThat(answers).hasSizeGreaterThan(60);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.toString()).doesNotContain(CANARY, CANARY_BYTES));
    assertThat(rows()).isNotEmpty().noneMatch(SecretsTest::holdsCanary);
    assertThat(meters.names).isNotEmpty().noneMatch(SecretsTest::holdsCanary);
    assertThat(log.heard()).contains("org.postgresql.core.v3.QueryExecutorImpl FINEST");
    assertThat(log.caught()).isEmpty();
    assertThat(TestDatabase.serverLog())
        .anyMatch(line -> line.contains("insert into coding_plans.credential"))
        .noneMatch(SecretsTest::holdsCanary);
  }

  /** What is not even looked at is the easiest to quote. */
  private void refusedForTheirForm() {
    var upload = "/admin/api/inventory/uploads";
    for (String body :
        List.of(
            "{\"entries\": [\"" + freshKey(),
            "{\"entries\": \"" + freshKey() + "\"}",
            "{\"" + freshKey() + "\": 1}",
            "[\"" + freshKey() + "\"]",
            "{\"providerId\": \""
                + freshKey()
                + "\", \"planId\": \""
                + freshKey()
                + "\", \"entries\": [7]}")) {
      answers.add(plugin.call("POST", upload, "admin:root", body));
      answers.add(plugin.call("PUT", "/api/byok/minimax", "user:owner", body));
    }
    answers.add(upload(PLUS, "all_or_nothing", freshKey(), freshKey() + "::a::b"));
    answers.add(putKey("owner", freshKey() + " "));
    assertThat(answers).extracting(Answer::status).containsOnly(400, 202);
  }

  /** Fails each statement of a call in turn, until it goes through. */
  private void whileFailing(Fault fault, Supplier<Answer> call) {
    for (int n = 1; n <= MOST_STATEMENTS; n++) {
      wire.failAt(n, fault);
      var answer = call.get();
      answers.add(answer);
      // It is done all the same if what failed was a statement of the node's regular work.
      if (wire.mend().size() < n || answer.status() < 300) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
        return;
      }
      assertThat(answer.status()).as(answer.body()).isIn(500, 503);
    }
    throw new AssertionError("a call has no end");
  }

  /** Fails each statement of an upload in turn, also of those that bring it to its end. */
  private void uploadWhileFailing(Fault fault) {
    for (int n = 1; n <= MOST_STATEMENTS; n++) {
      wire.failAt(n, fault);
      answers.add(upload(MAX, "partial", freshKey() + "::p", "no line of " + CANARY));
      await().pollInterval(OFTEN).until(() -> wire.hasFailed() || running() == 0);
      if (wire.mend().size() < n) {
        return;
      }
      endWhatRuns();
    }
    throw new AssertionError("an upload has no end");
  }

  /** Whoever failed may take it up again, and is woken by the next one. */
  private void endWhatRuns() {
    await()
        .pollInterval(OFTEN)
        .atMost(UploadCalls.PATIENCE)
        .until(
            () -> {
              if (running() > 0) {
                db.execute(
                    "update coding_plans.upload set leased_until = null where state = 'running'");
                answers.add(upload(PLUS, "partial", "no line of " + CANARY));
              }
              return running() == 0;
            });
  }

  private int running() {
    return Integer.parseInt(
        db.text("select count(*) from coding_plans.upload where state = 'running'"));
  }

  /** The keys serve, until one lies where it cannot be read. */
  private void route() {
    assertThat(plugin.resolve("owner")).isInstanceOf(Entitlement.OwnKey.class);
    assertThat(plugin.resolve("buyer-1")).isInstanceOf(Entitlement.PlanKey.class);
    require(putKey("other", freshKey()), 200);
    db.execute(
        """
        update coding_plans.byok_key
           set ciphertext = (select ciphertext from coding_plans.byok_key where user_id = 'owner')
         where user_id = 'other'""");
    await().until(() -> plugin.resolve("other") instanceof Entitlement.Denied);
  }

  /** A provider quotes the keys that it is asked about: of uploads, and of what serves somebody. */
  private void echo(String sold) {
    var lines =
        Stream.of("unauthorized", "forbidden", "rejected", "limited", "echoing", "gibberish")
            .map(manner -> "sk-" + manner + "-" + CANARY + "-" + UUID.randomUUID() + "::p")
            .toArray(String[]::new);
    answers.add(upload(PLUS, "partial", lines));
    endWhatRuns();
    var id = db.text("select id from coding_plans.subscription");
    ProviderFake.shared().treat(sold, Manner.UNAUTHORIZED);
    var usage = plugin.get("/api/subscriptions/" + id + "/usage", "user:buyer-1");
    assertThat(usage.code()).isEqualTo("provider_rejected_key");
    answers.add(usage);
    assertThat(db.texts("select type from coding_plans.event")).contains("credential.unhealthy");
  }

  /** A key is swapped and ended, and whoever cannot end it pastes one into the reason. */
  private void operate() {
    var subscription = db.text("select id from coding_plans.subscription");
    var retired = db.text("select credential_id from coding_plans.subscription");
    whileFailing(
        Fault.REFUSED,
        () ->
            plugin.call(
                "POST",
                "/admin/api/subscriptions/" + subscription + "/swap-credential",
                "admin:root",
                "",
                "Idempotency-Key",
                "swap"));
    var revocation = "/admin/api/revocations/" + retired;
    var reason = "{\"reason\": \"they do not know bearer %s\"}".formatted(freshKey());
    whileFailing(
        Fault.REFUSED, () -> plugin.call("POST", revocation + "/fail", "admin:root", reason));
    whileFailing(
        Fault.REFUSED, () -> plugin.call("POST", revocation + "/complete", "admin:root", ""));
    assertThat(db.text("select ciphertext from coding_plans.credential where status = 'revoked'"))
        .isNull();
    assertThat(plugin.resolve("buyer-1")).isInstanceOf(Entitlement.PlanKey.class);
  }

  private void look() {
    Stream.of(
            plugin.get("/admin/api/revocations?status=revoked", "admin:root"),
            plugin.get("/api/byok", "user:owner"),
            plugin.get("/api/subscriptions", "user:buyer-1"),
            plugin.get("/api/plans", "user:buyer-1"),
            plugin.get("/admin/api/inventory", "admin:root"),
            plugin.get("/admin/api/inventory/credentials", "admin:root"),
            plugin.get("/admin/api/reconciliation", "admin:root"),
            plugin.buy("owner", PLUS))
        .forEach(answers::add);
  }

  private List<String> rows() {
    return db
        .texts(
            "select table_name from information_schema.tables where table_schema = 'coding_plans'")
        .stream()
        .flatMap(
            table -> db.texts("select cast(t as text) from coding_plans." + table + " t").stream())
        .toList();
  }

  private Answer upload(String plan, String mode, String... lines) {
    return plugin.upload(
        plan, mode, false, Stream.of(lines).map(line -> '"' + line + '"').toList());
  }

  private Answer putKey(String user, String key) {
    return plugin.call(
        "PUT",
        "/api/byok/minimax",
        "user:" + user,
        "{\"apiKey\": \"" + key + "\", \"enabled\": true}");
  }

  private String keyMaterial() throws Exception {
    return new ObjectMapper().readTree(keyset).at("/encryption/key/0/keyData/value").asText();
  }

  /** Its last four characters are shown. */
  private static String freshKey() {
    return "sk-" + CANARY + "-" + UUID.randomUUID();
  }

  private static boolean holdsCanary(String text) {
    return text.contains(CANARY) || text.contains(CANARY_BYTES);
  }

  /** Knows what a metric is called, and by which labels. */
  private static final class NamedMeters implements Meters {

    private final Queue<String> names = new ConcurrentLinkedQueue<>();

    @Override
    public Counter counter(String name, Map<String, String> labels) {
      names.add(name + labels);
      return () -> {};
    }

    @Override
    public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
      names.add(name + labels);
    }
  }
}
