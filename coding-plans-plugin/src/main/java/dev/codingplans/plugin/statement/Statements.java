package dev.codingplans.plugin.statement;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.EntryKind;
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
    return repository.listBefore(
        user,
        position,
        filter.kind().map(EntryKind::code).orElse(null),
        filter.from().orElse(null),
        filter.to().orElse(null),
        most);
  }
}
