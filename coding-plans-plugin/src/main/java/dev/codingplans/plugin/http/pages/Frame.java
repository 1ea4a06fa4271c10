package dev.codingplans.plugin.http.pages;

import dev.codingplans.gateway.spi.identity.Caller;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What surrounds a page, and how the page speaks: texts from the bundle, money, and times in the
 * viewer's zone.
 *
 * @param section where the page belongs; empty for an error
 * @param sections where the viewer may go
 * @param viewer who looks; empty for a stranger
 * @param csrf what every form of the page carries
 * @param signOut where to sign out, if the host says
 */
public record Frame(
    String title,
    Optional<Section> section,
    List<Section> sections,
    Optional<Caller> viewer,
    String csrf,
    Optional<Banner> banner,
    Optional<String> signOut,
    ZoneId zone,
    Messages messages,
    Assets assets) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

  public Frame {
    sections = List.copyOf(sections);
  }

  /** Returns a text of the bundle. */
  public String text(String key, Object... arguments) {
    return messages.text(key, arguments);
  }

  /** Returns an amount to the cent at least. */
  public String dollars(long microdollars) {
    return Dollars.exact(microdollars);
  }

  /** Returns an amount without cents where there are none. */
  public String price(long microdollars) {
    return Dollars.price(microdollars);
  }

  public String date(Instant at) {
    return DATE.format(at.atZone(zone));
  }

  public String dateTime(Instant at) {
    return DATE_TIME.format(at.atZone(zone));
  }

  public String asset(String name) {
    return assets.path(name);
  }

  /** Returns the viewer's name. */
  public String name() {
    return viewer.map(caller -> caller.user().value()).orElse("");
  }

  /** Returns the name of the zone that times are shown in. */
  public String zoneName() {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  public boolean isCurrent(Section other) {
    return section.filter(other::equals).isPresent();
  }

  /** Tells whether the viewer may open any page of the operator's. */
  public boolean isOperator() {
    return sections.stream().anyMatch(Section::isOperators);
  }
}
