package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.DeletedName;
import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.usage.Deletion;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The tombstones of many users at once, a statement however many there are. */
@Singleton
class DeletionRows {

  private final JdbcOperations jdbc;

  DeletionRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public List<Deletion> find(List<HashedUser> users) {
    return jdbc.prepareStatement(
        """
        select users.user_id, tombstone.deleted_in_product_time,
               exists (select from coding_plans.credit_account account
                        where account.user_id = users.user_id) as returned
          from unnest(?, ?) as users (user_id, user_hash)
          join coding_plans.account_tombstone tombstone on tombstone.user_hash = users.user_hash""",
        statement -> {
          Columns.of(users)
              .text(hashed -> hashed.user().value())
              .bytes(HashedUser::hash)
              .bind(statement);
          var row = statement.executeQuery();
          var found = new ArrayList<Deletion>();
          while (row.next()) {
            found.add(
                new Deletion(
                    new UserId(row.getString(1)),
                    DeletedName.random(),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getBoolean(3)));
          }
          return found;
        });
  }

  /** A user, and what stands for the user in a tombstone. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared: it goes to the database.
  record HashedUser(UserId user, byte[] hash) {}
}
