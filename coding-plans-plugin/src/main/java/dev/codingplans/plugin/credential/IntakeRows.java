package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The statements that look for known credentials and store new ones, many at once. */
@Singleton
class IntakeRows {

  private final JdbcOperations jdbc;

  IntakeRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  Set<Fingerprint> knownAmong(List<Fingerprint> fingerprints) {
    return jdbc.prepareStatement(
        "select fingerprint from coding_plans.credential where fingerprint = any (?)",
        statement -> {
          Columns.of(fingerprints).bytes(Fingerprint::bytes).bind(statement);
          var result = statement.executeQuery();
          var known = new HashSet<Fingerprint>();
          while (result.next()) {
            known.add(Fingerprint.of(result.getBytes(1)));
          }
          return known;
        });
  }

  /** Adds them in this order, which is that in which they are sold. */
  void add(ProviderId provider, PlanId plan, List<NewCredential> credentials, Instant now) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.credential
               (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status,
                verified_at, created_at)
        select id, ?, ?, upstream_plan_id, fingerprint, ciphertext, status,
               case status when 'available' then arrival.at end, arrival.at
          from unnest(?, ?, ?, ?, ?) with ordinality
               as arrived (id, upstream_plan_id, fingerprint, ciphertext, status, number)
         cross join (values (cast(? as timestamptz))) arrival (at)
         order by number""",
        statement -> {
          statement.setString(1, provider.value());
          statement.setString(2, plan.value());
          Columns.of(credentials)
              .uuid(NewCredential::id)
              .text(NewCredential::upstreamPlanId)
              .bytes(credential -> credential.fingerprint().bytes())
              .bytes(NewCredential::ciphertext)
              .text(credential -> credential.status().code())
              .bind(statement, 3);
          statement.setTimestamp(8, Timestamp.from(now));
          return statement.executeUpdate();
        });
  }
}
