package dev.codingplans.plugin.http.pages.detail;

import dev.codingplans.plugin.subscription.PaidTerm;
import java.util.List;
import java.util.Optional;

/**
 * Some of the terms of a subscription, newest first.
 *
 * @param next where there are more
 */
record History(List<PaidTerm> terms, Optional<String> next) {

  History {
    terms = List.copyOf(terms);
  }
}
