package dev.codingplans.plugin.entitlement;

import dev.codingplans.entitlement.ChangeFeed;
import dev.codingplans.gateway.spi.identity.UserId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Reads the change log. */
@Singleton
class SqlChangeFeed implements ChangeFeed {

  private final EntitlementRepository repository;

  SqlChangeFeed(EntitlementRepository repository) {
    this.repository = repository;
  }

  @Override
  public Batch read(long position) {
    var rows = repository.changesSince(position);
    List<Change> changes = new ArrayList<>();
    for (ChangeRow row : rows) {
      if (row.changeId() != null && row.userId() != null && row.transactionId() != null) {
        changes.add(new Change(row.changeId(), new UserId(row.userId()), row.transactionId()));
      }
    }
    var snapshot = rows.getFirst();
    return new Batch(changes, snapshot.horizon(), snapshot.snapshotEnd(), snapshot.now());
  }
}
