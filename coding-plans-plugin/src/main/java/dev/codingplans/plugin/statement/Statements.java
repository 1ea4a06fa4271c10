package dev.codingplans.plugin.statement;

import dev.codingplans.gateway.spi.identity.UserId;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells users what moved their balances, and why. */
@Singleton
public class Statements {

  private final StatementRepository repository;

  Statements(StatementRepository repository) {
    this.repository = repository;
  }

  /** Returns entries from before the position, newest first. */
  public List<StatementEntry> entriesBefore(
      UserId user, StatementFilter filter, long position, int most) {
    var from = filter.from().orElse(null);
    var to = filter.to().orElse(null);
    return filter
        .kind()
        .map(kind -> repository.listOfKindBefore(user, kind.code(), position, from, to, most))
        .orElseGet(() -> repository.listBefore(user, position, from, to, most));
  }
}
