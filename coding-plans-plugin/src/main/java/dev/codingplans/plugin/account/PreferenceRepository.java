package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface PreferenceRepository extends GenericRepository<Tombstone, String> {

  @Query(
      """
      select exists (select from coding_plans.user_preference
                      where user_id = :user and pay_from_credits)""")
  boolean paysFromCredits(@UserIdColumn UserId user);

  @Query(
      """
      insert into coding_plans.user_preference (user_id, pay_from_credits)
      values (:user, :wanted)
          on conflict (user_id) do update set pay_from_credits = excluded.pay_from_credits""")
  int setPaysFromCredits(@UserIdColumn UserId user, boolean wanted);

  @Query("delete from coding_plans.user_preference where user_id = :user")
  int delete(@UserIdColumn UserId user);
}
