package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.stream.IntStream;

/**
 * Many subscribers with credit for some renewals: a few have bought over HTTP, the others are
 * copies of the rows that this left behind.
 *
 * @param copies of each that bought
 * @param renewals that each can pay
 */
record Subscribers(int buyers, int copies, int renewals) {

  private static final String USER = "'user_id', original.user_id || '.' || n";

  int size() {
    return buyers * (1 + copies);
  }

  void subscribe(Calls calls, Installation installation) {
    var users = IntStream.range(0, buyers).mapToObj(n -> "subscriber-" + n).toList();
    assertThat(calls.stock(Calls.PLAN, users).statusCode()).isEqualTo(202);
    for (var user : users) {
      assertThat(calls.fund(user).statusCode()).isEqualTo(201);
      var bought = calls.buy(user);
      assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);
    }
    try (var connection = installation.connect();
        var statement = connection.createStatement()) {
      statement.execute(copy("credit_account", USER));
      statement.execute(copy("ledger_entry", newId("id") + USER));
      statement.execute(
          copy(
              "credential",
              newId("id")
                  + "'assigned_to', original.assigned_to || '.' || n,"
                  + "'fingerprint', '\\x' || md5(original.fingerprint::text || n)"));
      statement.execute(copy("subscription", newId("id") + newId("credential_id") + USER));
      statement.execute(copy("byok_key", newId("id") + newId("subscription_id") + USER));
      statement.execute(
          copy(
              "term",
              newId("id")
                  + newId("subscription_id")
                  + "'ledger_entry_id', md5(original.ledger_entry_id::text || n)"));
      statement.execute(
          """
          with funded as (
            update coding_plans.credit_account
               set balance_microdollars = balance_microdollars + %1$d
            returning user_id, balance_microdollars
          )
          insert into coding_plans.ledger_entry
                 (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
          select gen_random_uuid(), user_id, 'granted_credit', %1$d, balance_microdollars, 'Renewals', 'renewals', now()
            from funded"""
              .formatted(renewals * Calls.PRICE));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String newId(String column) {
    return "'%1$s', md5(original.%1$s::text || n), ".formatted(column);
  }

  /** Copies each row of a table, all but these columns and its position. */
  private String copy(String table, String changes) {
    return """
    insert into coding_plans.%1$s overriding user value
    select (jsonb_populate_record(original, jsonb_build_object(%2$s))).*
      from coding_plans.%1$s original, generate_series(1, %3$d) n"""
        .formatted(table, changes, copies);
  }
}
