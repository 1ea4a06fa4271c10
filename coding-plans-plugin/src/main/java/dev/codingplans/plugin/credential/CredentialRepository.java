package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.PlanIdColumn;
import dev.codingplans.plugin.database.ProviderIdColumn;
import dev.codingplans.plugin.database.UserIdColumn;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface CredentialRepository extends GenericRepository<StoredCredential, UUID> {

  String COLUMNS = "id, position, provider_id, plan_id, status, health, created_at, assigned_at";

  /**
   * Takes the oldest ready credential of the plan that nobody else is taking, if there is one (P6).
   * A plan may have moved to another provider: what is left of the one before serves nobody there.
   *
   * <p>A range of one plan, and an order by it, instead of an equality: only the index of the stock
   * has that order. For an equality the index of positions would do as well, and PostgreSQL takes
   * it if another plan has nearly all the stock: it then reads all of that first.
   */
  @Query(
      """
      update coding_plans.credential
         set status = 'assigned', assigned_to = :user, assigned_at = :now
       where id = (select id from coding_plans.credential
                    where (plan_id, provider_id) >= (:plan, :provider)
                      and (plan_id, provider_id) <= (:plan, :provider)
                      and status = 'available' and ciphertext is not null
                    order by plan_id, provider_id, position
                    limit 1
                      for update skip locked)
      returning id""")
  @Nullable UUID claim(
      @PlanIdColumn PlanId plan,
      @ProviderIdColumn ProviderId provider,
      @UserIdColumn UserId user,
      Instant now);

  /** The same, but waits for those that others are taking: they may let go. */
  @Query(
      """
      update coding_plans.credential
         set status = 'assigned', assigned_to = :user, assigned_at = :now
       where id = (select id from coding_plans.credential
                    where (plan_id, provider_id) >= (:plan, :provider)
                      and (plan_id, provider_id) <= (:plan, :provider)
                      and status = 'available' and ciphertext is not null
                    order by plan_id, provider_id, position
                    limit 1
                      for update)
      returning id""")
  @Nullable UUID claimWaiting(
      @PlanIdColumn PlanId plan,
      @ProviderIdColumn ProviderId provider,
      @UserIdColumn UserId user,
      Instant now);

  /** Limits each statement that follows in the transaction, in milliseconds. */
  @Query("select set_config('statement_timeout', cast(:millis as text), true)")
  String limitWaits(long millis);

  @Query(
      """
      select coalesce((select true from coding_plans.credential
                        where (plan_id, provider_id) >= (:plan, :provider)
                          and (plan_id, provider_id) <= (:plan, :provider)
                          and status = 'available' and ciphertext is not null
                        order by plan_id, provider_id, position
                        limit 1), false)""")
  boolean isInStock(@PlanIdColumn PlanId plan, @ProviderIdColumn ProviderId provider);

  @Query("select exists (select from coding_plans.credential where plan_id = :plan)")
  boolean knows(@PlanIdColumn PlanId plan);

  @Query(
      """
      select distinct provider_id, plan_id from coding_plans.credential
       where status = 'available' and ciphertext is not null""")
  List<StockedPlan> plansInStock();

  @Query(
      """
      select provider_id, plan_id, status, count(*) as count
        from coding_plans.credential
       group by provider_id, plan_id, status
       order by provider_id, plan_id, status""")
  List<StockCount> counts();

  @Query(
      "select "
          + COLUMNS
          + " "
          + """
           from coding_plans.credential
           where (cast(:plan as text) is null or plan_id = cast(:plan as text))
             and (cast(:status as text) is null or status = cast(:status as text))
             and (cast(:health as text) is null or health = cast(:health as text))
             and position < :before
           order by position desc
           limit :most""")
  List<StoredCredential> listBefore(
      @Nullable String plan,
      @Nullable String status,
      @Nullable String health,
      long before,
      int most);

  @Query("select " + COLUMNS + " from coding_plans.credential where id = :id")
  Optional<StoredCredential> find(UUID id);

  /** Ends what nobody has bought; the key text goes at once (I5). */
  @Query(
      """
      update coding_plans.credential
         set status = 'revocation_pending', revocation_requested_at = :now, ciphertext = null
       where id = :id and status in ('available', 'unverified')""")
  int withdraw(UUID id, Instant now);

  /** Lets an admin's word stand for the proof (I5). */
  @Query(
      """
      update coding_plans.credential
         set status = 'available', approved_at = :now
       where id = :id and status = 'unverified'""")
  int approve(UUID id, Instant now);

  @Query(
      """
      update coding_plans.credential
         set assigned_to = null
       where assigned_to = :user and status <> 'assigned'""")
  int forgetUser(@UserIdColumn UserId user);

  /** One arrival at a time, so that its duplicates are known before anything is stored. */
  @Query("select true from (select pg_advisory_xact_lock(hashtext('coding_plans.upload'))) lock")
  boolean lockUploads();

  @Query(
      "select true from (select pg_advisory_xact_lock_shared(hashtext('coding_plans.upload'))) lock")
  boolean awaitUploads();
}
