package dev.codingplans.plugin.entitlement;

import dev.codingplans.entitlement.ChangeFeed;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the change log. */
@Singleton
class SqlChangeFeed implements ChangeFeed {

  /**
   * More than two nodes' sweeps write between two reads; listing more than that costs more than to
   * load anew.
   */
  private static final int MOST_CHANGES = 10_000;

  private final EntitlementRepository repository;

  SqlChangeFeed(EntitlementRepository repository) {
    this.repository = repository;
  }

  @Override
  public Batch read(Snapshot since) {
    var rows = repository.changesSince(since.end(), array(since.running()), MOST_CHANGES + 1);
    var changes = rows.stream().limit(MOST_CHANGES).flatMap(ChangeRow::change).toList();
    var first = rows.getFirst();
    return new Batch(changes, rows.size() <= MOST_CHANGES, snapshot(first), first.now());
  }

  private static String array(Set<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  /** Reads PostgreSQL's text form of a snapshot: {@code xmin:xmax:running,running,…}. */
  private static Snapshot snapshot(ChangeRow row) {
    var parts = row.snapshot().split(":", -1);
    var running = parts[2].isEmpty() ? List.<String>of() : Arrays.asList(parts[2].split(","));
    return new Snapshot(
        row.run(),
        Long.parseLong(parts[1]),
        running.stream().map(Long::valueOf).collect(Collectors.toSet()));
  }
}
