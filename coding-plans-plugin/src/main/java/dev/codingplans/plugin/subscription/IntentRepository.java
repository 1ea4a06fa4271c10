package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
abstract class IntentRepository implements GenericRepository<Subscription, UUID> {

  private final JdbcOperations jdbc;

  IntentRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Query(
      """
      insert into coding_plans.availability_intent (user_id, plan_id, created_at)
      values (:user, :plan, :now)
          on conflict do nothing""")
  abstract int save(@UserIdColumn UserId user, @PlanIdColumn PlanId plan, Instant now);

  @Query("delete from coding_plans.availability_intent where user_id = :user and plan_id = :plan")
  abstract int delete(@UserIdColumn UserId user, @PlanIdColumn PlanId plan);

  @Query("delete from coding_plans.availability_intent where user_id = :user")
  abstract int deleteAll(@UserIdColumn UserId user);

  @Query("select plan_id from coding_plans.availability_intent where user_id = :user")
  abstract List<String> of(@UserIdColumn UserId user);

  /**
   * Takes the intents of those who have waited longest, as many as there is stock, in that order.
   */
  List<UserId> takeLongestWaiting(PlanId plan, ProviderId provider) {
    return jdbc.prepareStatement(
        """
        with longest as (
          select user_id, created_at
            from coding_plans.availability_intent
           where plan_id = ?
           order by created_at, user_id
           limit (select count(*) from coding_plans.credential
                   where plan_id = ? and provider_id = ?
                     and status = 'available' and ciphertext is not null)
             for update skip locked),
        taken as (
          delete from coding_plans.availability_intent intent
           using longest
           where intent.user_id = longest.user_id and intent.plan_id = ?
          returning longest.user_id, longest.created_at)
        select user_id from taken order by created_at, user_id""",
        statement -> {
          statement.setString(1, plan.value());
          statement.setString(2, plan.value());
          statement.setString(3, provider.value());
          statement.setString(4, plan.value());
          var result = statement.executeQuery();
          var users = new ArrayList<UserId>();
          while (result.next()) {
            users.add(new UserId(result.getString(1)));
          }
          return users;
        });
  }
}
