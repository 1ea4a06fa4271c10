package dev.codingplans.sample.apikeys;

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
interface ApiKeyRepository extends GenericRepository<ApiKey, UUID> {

  /** Locks the user's keys until the transaction ends; the row is made if it is missing. */
  @Query(
      """
      insert into gateway.api_key_owner (user_id)
      values (:user)
          on conflict (user_id) do update set user_id = excluded.user_id""")
  int lock(String user);

  /** Adds a key under the lock, unless the user has as many as allowed. */
  @Query(
      """
      insert into gateway.api_key (id, user_id, name, prefix, digest)
      select :id, :user, :name, :prefix, :digest
       where (select count(*) from gateway.api_key where user_id = :user) < :most""")
  int addBelow(int most, UUID id, String user, @Nullable String name, String prefix, String digest);

  @Query(
      """
      select id, position, name, prefix, created_at, last_used_at
        from gateway.api_key
       where id = :id""")
  Optional<ApiKey> find(UUID id);

  /** Returns keys made before the position, newest first. */
  @Query(
      """
      select id, position, name, prefix, created_at, last_used_at
        from gateway.api_key
       where user_id = :user and position < :before
       order by position desc
       limit :most""")
  List<ApiKey> listBefore(String user, long before, int most);

  @Query("select digest from gateway.api_key where id = :id and user_id = :user")
  Optional<String> digestOf(UUID id, String user);

  @Query("delete from gateway.api_key where id = :id and user_id = :user")
  int remove(UUID id, String user);

  @Query("select digest from gateway.api_key where user_id = :user and created_at <= :until")
  List<String> digestsUntil(String user, Instant until);

  @Query("delete from gateway.api_key where user_id = :user and created_at <= :until")
  int removeUntil(String user, Instant until);

  /** Forgets the user, unless there are keys. */
  @Query(
      """
      delete from gateway.api_key_owner
       where user_id = :user
         and not exists (select from gateway.api_key where user_id = :user)""")
  int forget(String user);
}
