package dev.codingplans.plugin.byok;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
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

@JdbcRepository(dialect = Dialect.POSTGRES)
interface ByokRepository extends GenericRepository<ByokKey, UUID> {

  /** A managed key goes when its plan's scheduled end has passed, swept or not (X7). */
  String SELECT =
      """
      select k.id, k.provider_id, k.source, k.enabled, k.last_four, k.created_at, k.updated_at
        from coding_plans.byok_key k
        left join coding_plans.subscription s on s.id = k.subscription_id
       where k.user_id = :user and coalesce(coding_plans.scheduled_end(s) > coding_plans.product_now(), true)
      """;

  @Query(SELECT + " order by k.provider_id")
  List<ByokKey> list(@UserIdColumn UserId user);

  @Query(SELECT + " and k.provider_id = :provider")
  Optional<ByokKey> find(@UserIdColumn UserId user, @ProviderIdColumn ProviderId provider);

  /** Adds an own key or replaces one; a managed key stays as it is. */
  @Query(
      """
      insert into coding_plans.byok_key
             (id, user_id, provider_id, source, enabled, ciphertext, last_four, created_at, updated_at)
      values (:id, :user, :provider, 'own', :enabled, :ciphertext, :lastFour, :now, :now)
      on conflict (user_id, provider_id) do update
         set enabled = excluded.enabled, ciphertext = excluded.ciphertext,
             last_four = excluded.last_four, updated_at = excluded.updated_at
       where byok_key.source = 'own' and byok_key.id = excluded.id""")
  int putOwn(
      UUID id,
      @UserIdColumn UserId user,
      @ProviderIdColumn ProviderId provider,
      boolean enabled,
      byte[] ciphertext,
      String lastFour,
      Instant now);

  @Query(
      """
      update coding_plans.byok_key
         set enabled = :enabled, updated_at = :now
       where id = :id and source = 'own'""")
  int setEnabled(UUID id, boolean enabled, Instant now);

  @Query("delete from coding_plans.byok_key where id = :id and source = 'own'")
  int deleteOwn(UUID id);

  @Query("delete from coding_plans.byok_key where user_id = :user")
  int deleteAll(@UserIdColumn UserId user);

  /** Installs the key that comes with a plan; it never takes the place of another (P1). */
  @Query(
      """
      insert into coding_plans.byok_key
             (id, user_id, provider_id, source, enabled, subscription_id, created_at, updated_at)
      values (:id, :user, :provider, 'plan', true, :subscription, :now, :now)
      on conflict (user_id, provider_id) do nothing""")
  int installManaged(
      UUID id,
      @UserIdColumn UserId user,
      @ProviderIdColumn ProviderId provider,
      UUID subscription,
      Instant now);
}
