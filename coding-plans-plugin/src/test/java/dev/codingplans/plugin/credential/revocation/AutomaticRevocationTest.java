package dev.codingplans.plugin.credential.revocation;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.provider.CredentialRevoker;
import dev.codingplans.plugin.provider.Revocation;
import dev.codingplans.plugin.provider.Revocation.NotRevoked;
import dev.codingplans.plugin.provider.Revocation.Revoked;
import dev.codingplans.plugin.support.Parts;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that can be asked to end credentials; MiniMax stands for one. */
class AutomaticRevocationTest {

  private static final TestDatabase DB = TestDatabase.fresh();
  private static TestPlugin plugin;
  private static Parts node;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.on(DB);
    node = Parts.on(DB);
  }

  @AfterAll
  static void stop() {
    node.close();
    plugin.close();
  }

  /** Each test has a queue of its own. */
  @AfterEach
  void reconcile() {
    assertReconciled(plugin);
    DB.execute("delete from coding_plans.credential");
  }

  @Test
  @DisplayName("V4 a provider that can be asked is, once for each, and told by its own plan id")
  void revokes() {
    var id = withdrawn(1).getFirst();
    withdrawn(8);
    var provider = new Provider(asked -> new Revoked());

    run(provider);
    run(provider);

    assertThat(provider.asked)
        .containsExactlyInAnyOrderElementsOf(
            DB.texts("select upstream_plan_id from coding_plans.credential"));
    assertThat(state(id)).isEqualTo("revoked 1");
    assertThat(DB.texts("select distinct status from coding_plans.credential"))
        .containsExactly("revoked");
    assertThat(
            DB.text(
                """
                select count(*) from coding_plans.event
                  join coding_plans.credential on payload ->> 'credentialId' = cast(credential.id as text)
                 where type = 'credential.revoked'"""))
        .isEqualTo("9");
  }

  @Test
  @DisplayName("V4 one that fails rests longer each time, and in the end an operator has to look")
  void failsInTheEnd() {
    var id = withdrawn(1).getFirst();
    var provider = new Provider(asked -> new NotRevoked("api_key=abc is unknown here"));

    run(provider);
    assertThat(state(id)).isEqualTo("revocation_pending 1 [redacted] is unknown here");
    run(provider);
    assertThat(provider.asked).hasSize(1);
    assertThat(pause()).isBetween(40.0, 80.0);

    for (int i = 2; i <= RevocationQueue.MOST_TRIES; i++) {
      makeDue();
      run(provider);
    }
    assertThat(state(id)).startsWith("revocation_failed 12 ");
    assertThat(pause()).isBetween(4.0 * 3_600, 8.0 * 3_600);
    makeDue();
    run(provider);
    assertThat(provider.asked).hasSize(RevocationQueue.MOST_TRIES);

    TestPlugin.require(operate(id, "requeue"), 200);
    run(new Provider(asked -> new Revoked()));
    assertThat(state(id)).startsWith("revoked 13");
  }

  @Test
  @DisplayName("V4 a call that breaks is a failure of which only the kind is told, and is repeated")
  void breaks() {
    var id = withdrawn(1).getFirst();

    run(
        new Provider(
            asked -> {
              throw new IllegalStateException("sk-in-an-answer");
            }));
    assertThat(state(id)).isEqualTo("revocation_pending 1 IllegalStateException");

    makeDue();
    run(new Provider(asked -> new Revoked()));
    assertThat(state(id)).startsWith("revoked 2");
  }

  @Test
  @DisplayName("V4 what a node claimed before it died is asked for again when its lease is over")
  void leaseRunsOut() {
    var id = withdrawn(1).getFirst();
    var dead = claim();
    assertThat(claim()).isEmpty();

    makeDue();
    run(new Provider(asked -> new NotRevoked("not now")));
    node.get(RevocationQueue.class).revoked(dead.getFirst());

    assertThat(state(id)).isEqualTo("revocation_pending 2 not now");
  }

  @Test
  @DisplayName("V4 an operator who is quicker wins, whatever the provider says then")
  void operatorWins() {
    var queue = node.get(RevocationQueue.class);
    for (String deed : List.of("complete", "fail", "fail,requeue")) {
      var id = withdrawn(1).getFirst();
      var asked = claim().getFirst();

      for (String each : deed.split(",")) {
        TestPlugin.require(operate(id, each), 200);
      }
      if (deed.equals("complete")) {
        queue.notRevoked(asked, "no");
      } else {
        queue.revoked(asked);
      }

      assertThat(state(id))
          .as(deed)
          .isEqualTo(
              switch (deed) {
                case "complete" -> "revoked 1";
                case "fail" -> "revocation_failed 2 by hand";
                default -> "revocation_pending 2 by hand";
              });
      DB.execute("update coding_plans.credential set status = 'revoked', revoked_at = now()");
    }
  }

  @Test
  @DisplayName("V4 two nodes at once ask for each once, and never hold a row while they ask")
  void twoNodes() {
    withdrawn(40);
    var twice = ConcurrentHashMap.<String>newKeySet();
    var provider =
        new Provider(
            asked -> {
              if (!twice.add(asked)) {
                return new NotRevoked("asked twice");
              }
              DB.execute(
                  "update coding_plans.credential set verified_at = now() where upstream_plan_id = ?",
                  asked);
              return new Revoked();
            });

    try (var another = Parts.on(DB);
        var threads = Executors.newFixedThreadPool(2)) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> run(provider), threads),
              CompletableFuture.runAsync(
                  () ->
                      new AutomaticRevocation(another.get(RevocationQueue.class), List.of(provider))
                          .run(),
                  threads))
          .join();
    }

    assertThat(provider.asked).hasSize(40).doesNotHaveDuplicates();
    assertThat(DB.texts("select distinct status from coding_plans.credential"))
        .containsExactly("revoked");
  }

  @Test
  @DisplayName("V4 a provider that cannot be asked waits for the operator")
  void waits() {
    var id = withdrawn(1).getFirst();

    run(new Provider("other", asked -> new Revoked()));

    assertThat(state(id)).isEqualTo("revocation_pending 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unverified", "available", "assigned"})
  @DisplayName("V4 a plan on which another credential lives is not ended; it is when nothing does")
  void sparesWhatIsInUse(String status) {
    plugin.credit("ann", 20);
    var id = withdrawn(1).getFirst();
    plugin.stock(PLUS, 1);
    DB.execute("update coding_plans.credential set upstream_plan_id = 'shared'");
    DB.execute(
        """
        update coding_plans.credential
           set status = ?, assigned_to = case when ? = 'assigned' then 'ann' end, assigned_at = now()
         where status = 'available'""",
        status,
        status);
    var provider = new Provider(asked -> new Revoked());

    run(provider);
    assertThat(provider.asked).isEmpty();
    assertThat(state(id)).isEqualTo("revocation_pending 0");

    DB.execute("delete from coding_plans.credential where id <> cast(? as uuid)", id);
    run(provider);
    assertThat(provider.asked).containsExactly("shared");
  }

  private void run(Provider provider) {
    new AutomaticRevocation(node.get(RevocationQueue.class), List.of(provider)).run();
  }

  private List<DueRevocation> claim() {
    return node.get(RevocationQueue.class).claim(List.of(new ProviderId("minimax")), 10);
  }

  private List<String> withdrawn(int count) {
    plugin.stock(PLUS, count);
    var ids = DB.texts("select id from coding_plans.credential where status = 'available'");
    ids.forEach(
        id ->
            TestPlugin.require(
                plugin.call(
                    "POST",
                    "/admin/api/inventory/credentials/" + id + "/withdraw",
                    "admin:root",
                    ""),
                200));
    return ids;
  }

  private Answer operate(String id, String deed) {
    return plugin.call(
        "POST",
        "/admin/api/revocations/" + id + "/" + deed,
        "admin:root",
        deed.equals("fail") ? "{\"reason\": \"by hand\"}" : "");
  }

  private void makeDue() {
    DB.execute("update coding_plans.credential set revocation_next_attempt_at = now()");
  }

  private double pause() {
    return Double.parseDouble(
        DB.text(
            """
            select extract(epoch from revocation_next_attempt_at - clock_timestamp())
              from coding_plans.credential"""));
  }

  private String state(String id) {
    return DB.text(
        """
        select concat_ws(' ', status, revocation_attempts, revocation_error)
          from coding_plans.credential where id = cast(? as uuid)""",
        id);
  }

  /** A provider's answers, and for what it was asked. */
  private static final class Provider implements CredentialRevoker {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final String name;
    private final Function<String, Revocation> answer;

    Provider(Function<String, Revocation> answer) {
      this("minimax", answer);
    }

    Provider(String name, Function<String, Revocation> answer) {
      this.name = name;
      this.answer = answer;
    }

    @Override
    public ProviderId provider() {
      return new ProviderId(name);
    }

    @Override
    public Revocation revoke(String upstreamPlanId) {
      asked.add(upstreamPlanId);
      return answer.apply(upstreamPlanId);
    }
  }
}
