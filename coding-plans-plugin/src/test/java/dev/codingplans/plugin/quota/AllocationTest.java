package dev.codingplans.plugin.quota;

import static dev.codingplans.plugin.support.QuotaCalls.FIVE;
import static dev.codingplans.plugin.support.QuotaCalls.TEN;
import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.codingplans.plugin.support.Life;
import dev.codingplans.plugin.support.QuotaCalls;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestDatabase.DatabaseRefusal;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private final TestDatabase db = TestDatabase.fresh();
  private TestPlugin plugin;
  private QuotaCalls quota;

  @BeforeEach
  void start() {
    plugin = TestPlugin.on(db, Map.of("CODING_PLANS_PRICE_VM_10_MONTHLY", "9990000"), List.of());
    quota = new QuotaCalls(plugin);
    plugin.credit("ann", 30);
  }

  @AfterEach
  void stop() {
    assertReconciled(plugin);
    plugin.close();
  }

  @Test
  @DisplayName("Q3 an allocation takes one unit, says what it is, and expires with its allowance")
  void takesAUnit() {
    var allowance = quota.buy("ann", FIVE).json();

    var taken = quota.take("ann", "vm", "{\"label\": \"build agent\"}", "key");

    assertThat(taken.status()).isEqualTo(201);
    var allocation = taken.json();
    assertThat(allocation.get("planId").asText()).isEqualTo(FIVE);
    assertThat(allocation.get("unit").asText()).isEqualTo("vm");
    assertThat(allocation.get("label").asText()).isEqualTo("build agent");
    assertThat(allocation.get("costMicrodollars").asLong()).isEqualTo(2_000_000);
    assertThat(allocation.get("expiresAt")).isEqualTo(allowance.get("periodEnd"));
    assertThat(quota.running("ann").get(0).get("unitsUsed").asInt()).isEqualTo(1);
    assertThat(quota.held("ann", "vm")).containsExactly(allocation);
    assertThat(quota.held("ann", "gpu")).isEmpty();
    assertThat(quota.held("bob", "vm")).isEmpty();
    var seen = quota.items("/admin/api/allocations?userId=ann", "admin:root");
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).get("userId").asText()).isEqualTo("ann");
    assertThat(seen.get(0).get("id")).isEqualTo(allocation.get("id"));
    assertThat(quota.items("/admin/api/allocations?userId=bob", "admin:root")).isEmpty();
    assertThat(new Life(plugin).balance("ann")).as("nothing is charged").isEqualTo(20_000_000);
    assertThat(
            db.text(
                """
                select concat_ws('|', user_id, payload ->> 'allocationId', payload ->> 'allowanceId')
                  from coding_plans.event where type = 'quota.allocated'\
                """))
        .isEqualTo("ann|" + allocation.get("id").asText() + "|" + allowance.get("id").asText());
  }

  @Test
  @DisplayName("Q3 a hundred at once from five units: exactly five, each its own, worth the price")
  void storm() throws Exception {
    quota.buy("ann", FIVE);

    List<Answer> answers;
    try (var threads = Executors.newFixedThreadPool(100)) {
      Callable<Answer> take = () -> quota.take("ann", "vm");
      answers =
          threads.invokeAll(IntStream.range(0, 100).mapToObj(i -> take).toList()).stream()
              .map(AllocationTest::get)
              .toList();
    }

    // On a busy machine some may wait for the account's lock for too long, and are told so.
    assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409, 503);
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSizeLessThanOrEqualTo(5);
    while (quota.take("ann", "vm").status() == 201) {
      // Takes what the busy machine left.
    }
    assertThat(quota.take("ann", "vm").code()).isEqualTo("quota_exhausted");
    assertThat(
            db.text(
                """
                select concat_ws('|', count(*), count(distinct id), sum(cost_microdollars),
                                 string_agg(number::text, ',' order by number))
                  from coding_plans.allocation\
                """))
        .isEqualTo("5|5|10000000|1,2,3,4,5");
    assertThat(
            answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(answer -> answer.json().get("id").asText())
                .distinct())
        .hasSize((int) answers.stream().filter(answer -> answer.status() == 201).count());
  }

  @Test
  @DisplayName("Q3 ten units at $9.99 cost the price, and the eleventh is refused")
  void costs() {
    quota.buy("ann", TEN);

    var costs =
        IntStream.range(0, 10)
            .mapToLong(i -> quota.take("ann", "vm").json().get("costMicrodollars").asLong())
            .sum();

    assertThat(costs).isEqualTo(9_990_000);
    var refused = quota.take("ann", "vm");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("quota_exhausted");
  }

  @Test
  @DisplayName("Q3 no allowance, one of another unit, or one whose end has passed: no_active_plan")
  void needsARunningAllowance() {
    assertThat(quota.take("ann", "vm").code()).isEqualTo("no_active_plan");
    quota.buy("ann", FIVE);
    assertThat(quota.take("ann", "gpu").code()).isEqualTo("no_active_plan");
    assertThat(quota.take("bob", "vm").code()).isEqualTo("no_active_plan");
    for (var malformed : List.of("%00", "V%20M", "v.m")) {
      assertThat(quota.take("ann", malformed).code()).as(malformed).isEqualTo("no_active_plan");
      assertThat(quota.held("ann", malformed)).as(malformed).isEmpty();
      assertThat(quota.release("ann", malformed, UUID.randomUUID().toString()).code())
          .as(malformed)
          .isEqualTo("not_found");
    }
    assertThat(quota.take("ann", "vm").status()).isEqualTo(201);

    new Life(plugin).advance(Duration.ofDays(30));

    var refused = quota.take("ann", "vm");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("no_active_plan");
    assertThat(quota.held("ann", "vm")).as("expired, although nothing swept").isEmpty();
    assertThat(quota.items("/admin/api/allocations", "admin:root")).hasSize(1);
  }

  @Test
  @DisplayName("Q3, P7 the same key returns the same allocation and takes no other unit")
  void replay() {
    quota.buy("ann", FIVE);
    var first = quota.take("ann", "vm", "", "key");

    var again = quota.take("ann", "vm", "{}", "key");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(quota.take("ann", "vm", "{\"label\": \"b\"}", "key").code())
        .isEqualTo("idempotency_key_reused");
    assertThat(quota.running("ann").get(0).get("unitsUsed").asInt()).isEqualTo(1);
    assertThat(plugin.call("POST", "/api/quota/vm/allocations", "user:ann", "").code())
        .isEqualTo("idempotency_key_required");
    assertThat(quota.take("ann", "vm", "{\"label\": \"\"}", "other").code())
        .isEqualTo("invalid_request");
    assertThat(quota.take("ann", "vm", "{\"name\": \"b\"}", "other").code())
        .isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("Q4 what is released is gone, and its unit does not come back")
  void release() {
    quota.buy("ann", FIVE);
    var id = quota.take("ann", "vm", "", "key").json().get("id").asText();

    assertThat(quota.release("bob", "vm", id).code()).isEqualTo("not_found");
    assertThat(quota.release("ann", "gpu", id).code()).isEqualTo("not_found");
    assertThat(quota.release("ann", "vm", "nonsense").code()).isEqualTo("not_found");
    assertThat(quota.release("ann", "vm", id).status()).isEqualTo(204);
    var releasedAt = releasedAt();
    assertThat(quota.release("ann", "vm", id).status()).as("again").isEqualTo(204);

    assertThat(releasedAt()).isEqualTo(releasedAt).isNotEqualTo("null");
    assertThat(quota.held("ann", "vm")).isEmpty();
    assertThat(quota.running("ann").get(0).get("unitsUsed").asInt()).isEqualTo(1);
    assertThat(quota.take("ann", "vm", "", "key").json().get("releasedAt").isNull()).isFalse();
    for (int i = 0; i < 4; i++) {
      assertThat(quota.take("ann", "vm").status()).isEqualTo(201);
    }
    assertThat(quota.take("ann", "vm").code()).isEqualTo("quota_exhausted");
  }

  @Test
  @DisplayName("Q2, Q3 the database alone refuses a second running allowance and a unit too many")
  void databaseGuards() {
    quota.buy("ann", FIVE);
    quota.take("ann", "vm");

    assertRefused(
        "allowance_one_running",
        """
        with debit as (
          insert into coding_plans.ledger_entry
          values (gen_random_uuid(), default, 'ann', 'quota_purchase', 0, 1, 'by hand', 'k', now())
          returning id)
        insert into coding_plans.allowance
        select gen_random_uuid(), 'ann', 'vm', 'vms', 1, 1, 0, period_end - interval '1 microsecond',
               period_end + interval '1 day', debit.id
          from coding_plans.allowance, debit\
        """);
    assertRefused(
        "allowance_gives_what_was_bought",
        "update coding_plans.allowance set units_used = units_total + 1");
    assertRefused(
        "allocation_takes_its_own_unit",
        """
        insert into coding_plans.allocation
               (id, allowance_id, number, user_id, unit, plan_id, cost_microdollars, created_at, expires_at)
        select gen_random_uuid(), allowance_id, number, user_id, unit, plan_id, 0, created_at, expires_at
          from coding_plans.allocation\
        """);
  }

  @Test
  @DisplayName("X6 a deleted user holds nothing, and the books of the allowance stay, with no name")
  void deletedUser() {
    quota.buy("ann", FIVE);
    quota.take("ann", "vm", "{\"label\": \"anns laptop\"}", "key");

    TestPlugin.require(plugin.call("DELETE", "/admin/api/users/ann", "admin:root", ""), 204);

    assertThat(
            db.text(
                """
                select concat_ws('|', left(allocation.user_id, 8), coalesce(label, '-'), released_at is not null,
                                 cost_microdollars, allowance.user_id = allocation.user_id)
                  from coding_plans.allocation
                  join coding_plans.allowance on allowance.id = allowance_id\
                """))
        .isEqualTo("deleted-|-|t|2000000|t");
  }

  private String releasedAt() {
    return quota.items("/admin/api/allocations", "admin:root").get(0).get("releasedAt").asText();
  }

  private void assertRefused(String constraint, String sql) {
    assertThatExceptionOfType(DatabaseRefusal.class)
        .isThrownBy(() -> db.execute(sql))
        .withMessageContaining(constraint);
  }

  private static Answer get(java.util.concurrent.Future<Answer> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
