package dev.codingplans.plugin.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.admin.Finding.Violation;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what breaks the invariants. */
@Singleton
class InvariantRepository {

  /** Of one check; as many accounts are parked by one run, the others by the next. */
  private static final int MAX_VIOLATIONS = 1_000;

  /** A look at everything takes longer than the console's connections allow. */
  private static final String DATA_SOURCE = "maintenance";

  private final JdbcOperations jdbc;
  private final JdbcOperations everything;

  InvariantRepository(JdbcOperations jdbc, @Named(DATA_SOURCE) JdbcOperations everything) {
    this.jdbc = jdbc;
    this.everything = everything;
  }

  /** Reads all checks in one snapshot: nothing that happens meanwhile looks like a violation. */
  @Transactional(value = DATA_SOURCE, isolation = Isolation.REPEATABLE_READ, readOnly = true)
  public List<Finding> findings() {
    return Invariants.ALL.stream().map(this::find).toList();
  }

  /** The same, unless another node is reading them by this very method. */
  @Transactional(value = DATA_SOURCE, isolation = Isolation.REPEATABLE_READ, readOnly = true)
  public Optional<List<Finding>> findingsUnlessElsewhere() {
    return takesTurn() ? Optional.of(findings()) : Optional.empty();
  }

  /** The turn ends with the transaction. */
  private boolean takesTurn() {
    return everything.prepareStatement(
        "select pg_try_advisory_xact_lock(hashtext('coding_plans.reconciliation'))",
        statement -> {
          var row = statement.executeQuery();
          return row.next() && row.getBoolean(1);
        });
  }

  /** Returns the names of the money checks that a user's rows break now. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<String> brokenBy(UserId user) {
    return Invariants.ALL.stream()
        .filter(Check::guardsMoney)
        .filter(check -> isBrokenBy(user, check))
        .map(Check::name)
        .toList();
  }

  /** Accounts that are not parked yet come first. */
  private Finding find(Check check) {
    return everything.prepareStatement(
        """
        select found.violation,
               case when account.parked_at is null then account.user_id end as unparked,
               count(*) over () as total
          from (%s) found
          left join coding_plans.credit_account account on account.user_id = found.user_id
         order by account.parked_at is not null, found.violation
         limit ?"""
            .formatted(check.sql()),
        statement -> {
          statement.setInt(1, MAX_VIOLATIONS);
          var row = statement.executeQuery();
          var violations = new ArrayList<Violation>();
          long total = 0;
          while (row.next()) {
            var unparked = Optional.ofNullable(row.getString("unparked")).map(UserId::new);
            violations.add(new Violation(row.getString("violation"), unparked));
            total = row.getLong("total");
          }
          return new Finding(check, total, violations);
        });
  }

  private boolean isBrokenBy(UserId user, Check check) {
    return jdbc.prepareStatement(
        "select from (%s) found where found.user_id = ? limit 1".formatted(check.sql()),
        statement -> {
          statement.setString(1, user.value());
          return statement.executeQuery().next();
        });
  }
}
