package dev.codingplans.plugin.http.pages.spending;

import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** The time zones in which the database can tell days. It may know fewer than Java and browsers. */
@Singleton
class DatabaseZones {

  private final SpendingRepository repository;
  private volatile Set<String> known = Set.of();

  DatabaseZones(SpendingRepository repository) {
    this.repository = repository;
  }

  /** Returns the zone, or UTC if the database does not know it. */
  ZoneId nearest(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) || known().contains(zone.getId()) ? zone : ZoneOffset.UTC;
  }

  /** Returns the database's name of a zone that it knows. */
  static String nameOf(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** They are many, do not change, and take the database a while: they are asked for once. */
  private Set<String> known() {
    if (known.isEmpty()) {
      known = Set.copyOf(repository.zones());
    }
    return known;
  }
}
