package dev.codingplans.plugin.audit;

import static java.util.Comparator.comparing;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What users are called in the log. Entries have their numbers, so a name is changed in one place,
 * however many there are.
 */
@Singleton
class AuditUsers {

  private final JdbcOperations jdbc;

  AuditUsers(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Returns the numbers of users, new ones too. The names that they have by now are asked for when
   * nobody can change them any more until the transaction ends.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<UserId, Long> numbers(Set<UserId> users, UnaryOperator<UserId> names) {
    var numbers = new HashMap<UserId, Long>();
    // In one order, so that nobody waits for somebody who waits for them.
    users.stream()
        .sorted(comparing(UserId::value))
        .forEach(
            user -> {
              keep(user);
              numbers.put(user, number(names.apply(user)));
            });
    return numbers;
  }

  /**
   * Gives a user another name, after those who write entries of the user; the last of all locks.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    jdbc.prepareStatement(
        "select pg_advisory_xact_lock(hashtext('coding_plans.audit_user'), hashtext(?))",
        statement -> {
          statement.setString(1, user.value());
          return statement.executeQuery().next();
        });
    jdbc.prepareStatement(
        "update coding_plans.audit_user set name = ? where name = ?",
        statement -> {
          statement.setString(1, to.value());
          statement.setString(2, user.value());
          return statement.executeUpdate();
        });
  }

  /** No lock of a row: there may be none yet. */
  private void keep(UserId user) {
    jdbc.prepareStatement(
        "select pg_advisory_xact_lock_shared(hashtext('coding_plans.audit_user'), hashtext(?))",
        statement -> {
          statement.setString(1, user.value());
          return statement.executeQuery().next();
        });
  }

  /** Waits for others who add the same name; who is there already is not written to. */
  private long number(UserId name) {
    jdbc.prepareStatement(
        """
        insert into coding_plans.audit_user (name)
        select ? where not exists (select from coding_plans.audit_user where name = ?)
            on conflict do nothing""",
        statement -> {
          statement.setString(1, name.value());
          statement.setString(2, name.value());
          return statement.executeUpdate();
        });
    return jdbc.prepareStatement(
        "select id from coding_plans.audit_user where name = ?",
        statement -> {
          statement.setString(1, name.value());
          var row = statement.executeQuery();
          if (!row.next()) {
            throw new IllegalStateException("a name went although it is kept");
          }
          return row.getLong(1);
        });
  }
}
