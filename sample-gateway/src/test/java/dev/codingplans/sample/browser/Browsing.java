package dev.codingplans.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All visits of one test. */
public final class Browsing {

  private final Site site;
  private final Chromium chromium;
  private final int logged;
  private final List<Visit> visits = new ArrayList<>();

  Browsing(Site site, Chromium chromium) {
    this.site = site;
    this.chromium = chromium;
    this.logged = site.log().length();
  }

  /** Returns a visit of somebody who is signed in, at a desk. */
  public Visit as(Person person) {
    return as(person, Look.DESKTOP);
  }

  public Visit as(Person person, Look look) {
    return visit(Optional.of(person), look);
  }

  /** Returns a visit of somebody who is not signed in. */
  public Visit asStranger(Look look) {
    return visit(Optional.empty(), look);
  }

  private Visit visit(Optional<Person> person, Look look) {
    var visit = Visit.begin(site, chromium, person, look);
    visits.add(visit);
    return visit;
  }

  /** Keeps what is on the screens. */
  void keep(String name) {
    for (int i = 0; i < visits.size(); i++) {
      visits.get(i).keep(name + "-" + i);
    }
  }

  /** Asserts that nothing went wrong behind the pages. */
  void end() {
    visits.forEach(Visit::end);
    assertThat(visits).flatMap(Visit::faults).as("faults behind the pages").isEmpty();
    assertThat(site.log().substring(logged).lines().filter(line -> line.contains(" ERROR ")))
        .as("errors in the gateway's log")
        .isEmpty();
  }
}
