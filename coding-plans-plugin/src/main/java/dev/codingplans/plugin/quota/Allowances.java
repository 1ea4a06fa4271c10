package dev.codingplans.plugin.quota;

import static java.util.stream.Collectors.groupingBy;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What users have bought and may still use. */
@Singleton
public class Allowances {

  private final AllowanceRepository allowances;
  private final AllocationRepository allocations;

  Allowances(AllowanceRepository allowances, AllocationRepository allocations) {
    this.allowances = allowances;
    this.allocations = allocations;
  }

  /** Returns the user's running allowances: at most one for each unit. */
  public List<Allowance> runningOf(UserId user) {
    return allowances.running(List.of(user.value()));
  }

  /** Returns the running allowances of each of the users that has one. */
  public Map<String, List<Allowance>> runningOf(List<String> users) {
    return users.isEmpty()
        ? Map.of()
        : allowances.running(users).stream()
            .collect(groupingBy(allowance -> allowance.userId().value()));
  }

  /**
   * Ends all that the user holds, because the account goes; it is locked. What was bought stays in
   * the books.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void endAllOf(UserId user, Instant now) {
    allocations.forget(user, now);
  }
}
