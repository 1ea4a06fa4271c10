package dev.codingplans.plugin.http.pages.center;

import java.util.List;
import java.util.Optional;

/**
 * The subscriptions that have ended, hidden until they are asked for.
 *
 * @param exist whether there is any
 * @param next the cursor of older ones
 */
record EndedPlans(boolean exist, boolean shown, List<EndedPlan> plans, Optional<String> next) {

  EndedPlans {
    plans = List.copyOf(plans);
  }
}
