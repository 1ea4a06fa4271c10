package dev.codingplans.plugin.vault;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RotationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ROTATE = "/admin/api/encryption/rotate";

  private final TestDatabase db = TestDatabase.fresh();
  private final Keyset old = Keyset.generate();
  private final Keyset added = old.withFreshKey();
  private final Keyset promoted = promoted(added);

  @Test
  @DisplayName("I6 add, roll out, promote, roll out, rotate, retire: no node fails to read a key")
  void wholeRollOut() throws Exception {
    try (var first = node(old)) {
      first.stock(PLUS, 2);
      first.credit("buyer", 20);
      require(first.buy("buyer", PLUS), 201);
      putKey(first, "ann", "sk-of-ann-1");
      assertThat(progress(first).get("state").asText()).isEqualTo("idle");
      try (var second = node(added)) {
        putKey(second, "bob", "sk-of-bob-1");
        assertThat(ownKey(first, "bob")).isEqualTo("sk-of-bob-1");
      }
    }
    try (var first = node(added);
        var second = node(promoted)) {
      putKey(second, "bob", "sk-of-bob-2");
      await().atMost(PATIENCE).until(() -> ownKey(first, "bob").equals("sk-of-bob-2"));
      assertThat(ownKey(second, "ann")).isEqualTo("sk-of-ann-1");
    }
    assertRefused(promoted.retired(old.primaryKeyId()), "lacks a key");

    try (var node = node(promoted)) {
      assertThat(numbers(progress(node), "keysInUse"))
          .containsExactlyInAnyOrder(number(old), number(promoted));
      assertThat(numbers(progress(node), "retirableKeyIds")).isEmpty();

      var taken = node.call("POST", ROTATE, "admin:root", "");
      assertThat(taken.status()).isEqualTo(202);
      assertThat(taken.json().get("total").asLong())
          .as("two credentials, one own key, the canary")
          .isEqualTo(4);
      var done = awaitDone(node);

      assertThat(done.get("done").asLong()).isEqualTo(4);
      assertThat(done.get("failed")).isEmpty();
      assertThat(done.get("primaryKeyId").asLong()).isEqualTo(number(promoted));
      assertThat(numbers(done, "keysInUse")).containsExactly(number(promoted));
      assertThat(numbers(done, "retirableKeyIds")).containsExactly(number(old));
      assertThat(node.resolve("buyer")).isInstanceOf(Entitlement.PlanKey.class);
    }
    assertRefused(old, "lacks a key");
    try (var node = node(promoted.retired(old.primaryKeyId()))) {
      assertThat(ownKey(node, "ann")).isEqualTo("sk-of-ann-1");
      assertThat(node.resolve("buyer")).isInstanceOf(Entitlement.PlanKey.class);
      node.credit("next", 20);
      require(node.buy("next", PLUS), 201);
      assertThat(node.resolve("next")).isInstanceOf(Entitlement.PlanKey.class);
    }
  }

  @Test
  @DisplayName("I6 thousands of keys are rotated while users buy and send, and nothing fails")
  void serves() throws Exception {
    node(old).close();
    OwnKeys.write(db, old, "user", 5_000);
    try (var node = node(promoted);
        var other = node(promoted)) {
      node.stock(PLUS, 40);
      for (int i = 0; i < 20; i++) {
        node.credit("buyer-" + i, 20);
      }
      var changes = changes();
      var over = new AtomicBoolean();
      var served = new AtomicInteger();
      var requests =
          CompletableFuture.supplyAsync(
              () -> {
                var user = 0;
                while (!over.get()) {
                  user = user % 5_000 + 1;
                  assertThat(ownKey(other, "user-" + user)).isEqualTo("sk-user-" + user);
                  served.incrementAndGet();
                }
                return user;
              });

      require(node.call("POST", ROTATE, "admin:root", ""), 202);
      for (int i = 0; i < 20; i++) {
        require((i % 2 == 0 ? node : other).buy("buyer-" + i, PLUS), 201);
        putKey(other, "user-" + (i + 1), "sk-user-" + (i + 1));
      }
      var done = awaitDone(node);
      over.set(true);
      requests.get();

      assertThat(served.get()).isPositive();
      assertThat(numbers(done, "keysInUse")).containsExactly(number(promoted));
      assertThat(done.get("done").asLong()).isBetween(4_981L, 5_001L);
      assertThat(changes() - changes)
          .as("of the 20 purchases, which write two, and of the 20 keys that users put")
          .isLessThanOrEqualTo(80);
      Reconciled.assertReconciled(node);
    }
    try (var node = node(promoted.retired(old.primaryKeyId()))) {
      for (int i = 1; i <= 5_000; i++) {
        assertThat(ownKey(node, "user-" + i)).isEqualTo("sk-user-" + i);
      }
    }
  }

  @Test
  @DisplayName(
      "I6 a node that dies within a batch has counted what it did, and another does the rest")
  void killedInTheMiddle() throws Exception {
    try (var first = node(old)) {
      first.stock(PLUS, 2);
    }
    OwnKeys.write(db, old, "user", 600);
    try (var rows = db.connect();
        var ownKeys = rows.createStatement();
        var holder = db.connect();
        var rotation = holder.createStatement()) {
      rows.setAutoCommit(false);
      holder.setAutoCommit(false);
      ownKeys.execute("lock table coding_plans.byok_key in share mode");
      try (var node = node(promoted)) {
        require(node.call("POST", ROTATE, "admin:root", ""), 202);
        await().atMost(PATIENCE).until(() -> blocked("byok_key").size() == 1);
        rotation.execute("select from coding_plans.vault_rotation for update");
        rows.rollback();
        await().atMost(PATIENCE).until(() -> blocked("vault_rotation").size() == 1);

        var backend = blocked("vault_rotation").getFirst();
        db.execute("select pg_terminate_backend(?)", backend);
        await().atMost(PATIENCE).until(() -> !blocked("vault_rotation").contains(backend));

        assertThat(done()).as("the credentials; 500 own keys are as they were").isEqualTo(2);
        assertThat(underNewKey()).isEqualTo(2);
      }
      holder.rollback();
    }
    // The lease of the dead is over when it is over.
    db.execute("update coding_plans.vault_rotation set leased_until = clock_timestamp()");
    try (var another = node(promoted)) {
      var done = awaitDone(another);

      assertThat(done.get("done").asLong()).isEqualTo(603).isEqualTo(underNewKey());
      assertThat(done.get("total").asLong()).isEqualTo(603);
      assertThat(numbers(done, "keysInUse")).containsExactly(number(promoted));
      assertThat(ownKey(another, "user-7")).isEqualTo("sk-user-7");
    }
  }

  /** Returns the backends of rotating nodes that wait for a lock to write to the table. */
  private List<Integer> blocked(String table) {
    return db
        .texts(
            """
            select pid from pg_stat_activity
             where datname = current_database() and application_name = 'coding-plans-maintenance'
               and wait_event_type = 'Lock' and query ~ ('update coding_plans.' || ?)""",
            table)
        .stream()
        .map(Integer::valueOf)
        .toList();
  }

  private long done() {
    return Long.parseLong(db.text("select done from coding_plans.vault_rotation"));
  }

  private long underNewKey() {
    return Long.parseLong(
        db.text(
            """
            select count(*)
              from (select ciphertext from coding_plans.credential
                    union all select ciphertext from coding_plans.byok_key
                    union all select ciphertext from coding_plans.vault_canary) resting
             where substring(ciphertext from 1 for 5) = ?""",
            promoted.primaryKeyId().prefix()));
  }

  @Test
  @DisplayName("I6 a bad row is named and keeps no other from being rotated, and no node down")
  void badRows() throws Exception {
    node(old).close();
    OwnKeys.write(db, old, "user", 5);
    db.execute(
        """
        update coding_plans.byok_key
           set ciphertext = case user_id when 'user-1' then decode('00', 'hex')
                                         when 'user-2' then decode('0102030405060708', 'hex')
                                         else (select ciphertext from coding_plans.byok_key
                                                where user_id = 'user-4') end
         where user_id in ('user-1', 'user-2', 'user-3')""");
    try (var node = node(promoted)) {
      require(node.call("POST", ROTATE, "admin:root", ""), 202);
      var done = awaitDone(node);

      assertThat(done.get("done").asLong()).isEqualTo(3);
      assertThat(done.get("total").asLong()).isEqualTo(6);
      assertThat(done.get("failed"))
          .extracting(row -> row.get("table").asText())
          .containsExactly("byok_key", "byok_key", "byok_key");
      assertThat(done.get("failed"))
          .extracting(row -> row.get("id").asText())
          .containsExactlyInAnyOrderElementsOf(
              db.texts(
                  "select id from coding_plans.byok_key where user_id in ('user-1', 'user-2', 'user-3')"));
      assertThat(numbers(done, "keysInUse")).contains(number(old));
      assertThat(numbers(done, "retirableKeyIds")).isEmpty();
      assertThat(ownKey(node, "user-4")).isEqualTo("sk-user-4");

      db.execute("delete from coding_plans.byok_key where user_id = 'user-3'");
      require(node.call("POST", ROTATE, "admin:root", ""), 202);
      await().atMost(PATIENCE).until(() -> awaitDone(node).get("total").asLong() == 2);
      assertThat(numbers(progress(node), "retirableKeyIds")).containsExactly(number(old));
    }
    node(promoted.retired(old.primaryKeyId())).close();
  }

  @Test
  @DisplayName("I6 a retired key that a late node wrote under is missed by the next that starts")
  void writtenLate() throws Exception {
    node(old).close();
    db.execute("delete from coding_plans.vault_canary");
    try (var late = node(promoted)) {
      node(promoted.retired(old.primaryKeyId())).close();
      OwnKeys.write(db, old, "late", 1);

      assertThat(numbers(progress(late), "keysInUse"))
          .containsExactlyInAnyOrder(number(old), number(promoted));
      assertRefused(promoted.retired(old.primaryKeyId()), "lacks a key");
    }
  }

  @Test
  @DisplayName("I6 what is erased or replaced while it is rotated stays so")
  void erasedInBetween() throws Exception {
    node(old).close();
    OwnKeys.write(db, old, "user", 3);
    try (var node = node(promoted)) {
      try (var holder = db.connect();
          var statement = holder.createStatement()) {
        holder.setAutoCommit(false);
        statement.execute("delete from coding_plans.byok_key where user_id = 'user-1'");
        statement.execute(
            "update coding_plans.byok_key set ciphertext = decode('ff', 'hex') where user_id = 'user-2'");
        require(node.call("POST", ROTATE, "admin:root", ""), 202);
        await().atMost(PATIENCE).until(() -> progress(node).get("done").asLong() == 2);
        holder.commit();
      }
      var done = awaitDone(node);

      assertThat(done.get("done").asLong()).isEqualTo(2);
      assertThat(done.get("failed")).hasSize(1);
      assertThat(
              db.texts(
                  """
                  select user_id || ' ' || (ciphertext = decode('ff', 'hex'))
                    from coding_plans.byok_key order by user_id"""))
          .containsExactly("user-2 true", "user-3 false");
    }
  }

  @Test
  @DisplayName("I6 a node with another primary key does not rotate back what one is rotating")
  void anotherPrimary() throws Exception {
    node(old).close();
    OwnKeys.write(db, old, "user", 1);
    try (var holder = db.connect();
        var statement = holder.createStatement();
        var node = node(promoted);
        var behind = node(added)) {
      holder.setAutoCommit(false);
      statement.execute("select from coding_plans.byok_key for update");
      require(node.call("POST", ROTATE, "admin:root", ""), 202);
      await().atMost(PATIENCE).until(() -> progress(node).get("done").asLong() == 1);

      var refused = behind.call("POST", ROTATE, "admin:root", "");

      assertThat(refused.code()).isEqualTo("invalid_state");
      assertThat(node.call("POST", ROTATE, "admin:root", "").status()).isEqualTo(202);
      holder.rollback();
      assertThat(awaitDone(node).get("done").asLong()).isEqualTo(2);
    }
  }

  private TestPlugin node(Keyset keyset) {
    return TestPlugin.on(db, Map.of("CODING_PLANS_KEYSET", keyset.toJson()), List.of());
  }

  private void assertRefused(Keyset keyset, String reason) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> node(keyset).close())
        .withMessageContaining("CODING_PLANS_KEYSET")
        .withMessageContaining(reason);
  }

  private long changes() {
    return Long.parseLong(db.text("select count(*) from coding_plans.entitlement_change"));
  }

  private static void putKey(TestPlugin node, String user, String key) {
    require(
        node.call(
            "PUT",
            "/api/byok/minimax",
            "user:" + user,
            "{\"apiKey\": \"" + key + "\", \"enabled\": true}"),
        200);
  }

  private static String ownKey(TestPlugin node, String user) {
    return node.resolve(user) instanceof Entitlement.OwnKey key ? key.credential().reveal() : "";
  }

  private static JsonNode progress(TestPlugin node) {
    var answer = node.get(ROTATE, "admin:root");
    require(answer, 200);
    return answer.json();
  }

  private static JsonNode awaitDone(TestPlugin node) {
    return await()
        .atMost(PATIENCE)
        .until(() -> progress(node), it -> it.get("state").asText().equals("done"));
  }

  private static List<Long> numbers(JsonNode progress, String field) {
    return progress.get(field).valueStream().map(JsonNode::asLong).toList();
  }

  private static long number(Keyset keyset) {
    return keyset.primaryKeyId().unsigned();
  }

  private static Keyset promoted(Keyset keyset) {
    try {
      return keyset.promoted();
    } catch (Keyset.RefusedChangeException e) {
      throw new AssertionError(e);
    }
  }
}
