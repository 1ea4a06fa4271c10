package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.credential.level.Level;
import java.util.Map;
import java.util.Optional;

/**
 * What there is of one plan at one provider.
 *
 * @param level how much of it is in stock; empty if it is not sold from there any more
 * @param waiting how many users wait for it
 */
record PlanStock(
    String planId,
    String planName,
    Map<CredentialStatus, Long> counts,
    Optional<Level> level,
    int lowStock,
    long waiting) {

  long count(CredentialStatus status) {
    return counts.getOrDefault(status, 0L);
  }
}
