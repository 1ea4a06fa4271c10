package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Opens accounts of users who are known from their usage only: it is charged, and shown as
 * uncollected. Whose account was deleted gets no new one.
 */
@Singleton
class NewUsers {

  private final JdbcOperations jdbc;
  private final DeletedUsers deleted;
  private final QuarantineRows quarantine;

  NewUsers(JdbcOperations jdbc, DeletedUsers deleted, QuarantineRows quarantine) {
    this.jdbc = jdbc;
    this.deleted = deleted;
    this.quarantine = quarantine;
  }

  /** Leaves nobody without an account for whom a record waits. */
  @Transactional
  public void open(List<UserId> users) {
    var missing = missing(users);
    if (missing.isEmpty()) {
      return;
    }
    var deletions = deleted.deletionsOf(missing);
    quarantine.moveAllOf(deletions);
    var gone = deletions.stream().map(Deletion::user).collect(Collectors.toSet());
    openAll(missing.stream().filter(user -> !gone.contains(user)).toList());
  }

  private List<UserId> missing(List<UserId> users) {
    return jdbc.prepareStatement(
        """
        select user_id
          from unnest(?) as users (user_id)
         where not exists (select from coding_plans.credit_account account
                            where account.user_id = users.user_id)
         order by user_id""",
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          var row = statement.executeQuery();
          var missing = new ArrayList<UserId>();
          while (row.next()) {
            missing.add(new UserId(row.getString(1)));
          }
          return missing;
        });
  }

  private void openAll(List<UserId> users) {
    if (users.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        insert into coding_plans.credit_account (user_id)
        select user_id from unnest(?) as users (user_id) order by user_id
            on conflict do nothing""",
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          return statement.executeUpdate();
        });
  }
}
