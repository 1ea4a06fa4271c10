package dev.codingplans.plugin.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a check found.
 *
 * @param total how many violations there are
 * @param violations the first of them
 */
record Finding(Check check, long total, List<Violation> violations) {

  /** Returns whose account must not be charged any more, and still can be. */
  Stream<UserId> toPark() {
    return check.guardsMoney()
        ? violations.stream().map(Violation::unparked).flatMap(Optional::stream)
        : Stream.empty();
  }

  /**
   * A row that breaks an invariant.
   *
   * @param unparked whose it is, unless the account is parked already
   */
  record Violation(String text, Optional<UserId> unparked) {}
}
