package dev.codingplans.plugin.http.pages.spending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.usage.UsageOfDay;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads what the usage page shows. */
@Singleton
class Spending {

  private static final TypeReference<List<UsageOfDay>> DAYS = new TypeReference<>() {};

  private final SpendingRepository repository;
  private final DatabaseZones zones;
  private final Ladder ladder;
  private final ObjectMapper json;

  Spending(
      SpendingRepository repository,
      DatabaseZones zones,
      LadderSettings settings,
      ObjectMapper json) {
    this.repository = repository;
    this.zones = zones;
    this.ladder = settings.ladder();
    this.json = json;
  }

  /** Returns the usage of the span's days in the zone, or in UTC if the database cannot. */
  SpendingPage of(UserId user, Span span, ZoneId viewersZone) {
    var zone = zones.nearest(viewersZone);
    var row = repository.find(user, DatabaseZones.nameOf(zone), span.days());
    var today = LocalDate.parse(row.today());
    var days = days(row.days());
    return new SpendingPage(
        span,
        row,
        new Usage(today.minusDays(span.days() - 1L), today, zone, days),
        ladder.tierAt(Optional.ofNullable(row.firstPaidAt()), row.seenAt()),
        Totals.of(days));
  }

  private List<UsageOfDay> days(String text) {
    try {
      return json.readValue(text, DAYS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database makes well-formed JSON", e);
    }
  }
}
