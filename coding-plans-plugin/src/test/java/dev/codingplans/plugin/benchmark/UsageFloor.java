package dev.codingplans.plugin.benchmark;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** The same rows in the same tables by COPY, in a database of their own: no check, no decision. */
final class UsageFloor {

  private final TestDatabase db = TestDatabase.fresh();
  private final int records;
  private final int users;

  UsageFloor(int records, int users) {
    this.records = records;
    this.users = users;
    TestPlugin.on(db).close();
    db.execute(
        "insert into coding_plans.credit_account (user_id) select 'user-' || n from generate_series(0, ?) n",
        users);
  }

  /** Writes what is there once records are accepted, and returns how many of them a second. */
  double accept(int round) {
    var keys = rows(i -> event(round, i));
    var waiting =
        rows(
            i ->
                event(round, i)
                    + "\t"
                    + user(i)
                    + "\tllm\tllm_token\t1200\t1000\t2026-01-01T00:00:00Z\tfalse");
    var started = System.nanoTime();
    copy("usage_key (event_id)", keys);
    copy(
        "usage_inbox (event_id, user_id, category, kind, amount, list_cost_microdollars, occurred_at, estimated)",
        waiting);
    var rate = records * 1e9 / (System.nanoTime() - started);
    db.execute("truncate coding_plans.usage_inbox");
    return rate;
  }

  /** Writes what is there once they are charged, but for the balances. */
  double charge(int round) {
    var keys = rows(i -> event(-round - 1, i));
    var entries = IntStream.range(0, records).mapToObj(i -> UUID.randomUUID()).toList();
    var charged =
        rows(
            i ->
                entries.get(i)
                    + "\t"
                    + event(-round - 1, i)
                    + "\t"
                    + user(i)
                    + "\tllm\tllm_token\t1200\t1000\t1.0\t1000\t0\t2026-01-01T00:00:00Z\tfalse\t2026-01-01T00:00:00Z");
    var ledger =
        rows(
            i ->
                entries.get(i)
                    + "\t"
                    + user(i)
                    + "\tusage\t-1000\t1000\tUsage: llm\tusage:"
                    + event(-round - 1, i)
                    + "\t2026-01-01T00:00:00Z");
    var started = System.nanoTime();
    copy("usage_key (event_id)", keys);
    copy(
        """
        usage_record (ledger_entry_id, event_id, user_id, category, kind, amount, list_cost_microdollars, multiplier,
          charge_microdollars, uncollected_microdollars, occurred_at, estimated, charged_at)""",
        charged);
    copy(
        """
        ledger_entry (id, user_id, kind, amount_microdollars, balance_after_microdollars, description,
          idempotency_key, created_at)""",
        ledger);
    return records * 1e9 / (System.nanoTime() - started);
  }

  private String event(int round, int number) {
    return UUID.nameUUIDFromBytes(
            ("floor-" + round + "-" + number).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private String user(int number) {
    return "user-" + number % users;
  }

  private String rows(IntFunction<String> row) {
    return IntStream.range(0, records).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
  }

  private void copy(String into, String rows) {
    try (var connection = db.connect()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy coding_plans." + into + " from stdin", new StringReader(rows));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
