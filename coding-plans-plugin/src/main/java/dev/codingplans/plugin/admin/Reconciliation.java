package dev.codingplans.plugin.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.admin.Finding.Violation;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.credit.ParkedAccount;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves that the books are right, and parks the accounts whose money is not (L3). */
@Singleton
public class Reconciliation {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  /** Of one check, and of the parked accounts. */
  private static final int MAX_SHOWN = 100;

  private final InvariantRepository invariants;
  private final ReconciliationGauges gauges;
  private final Parking parking;
  private final Accounts accounts;
  private final ReconciliationHistory history;

  Reconciliation(
      InvariantRepository invariants,
      ReconciliationGauges gauges,
      Parking parking,
      Accounts accounts,
      ReconciliationHistory history) {
    this.invariants = invariants;
    this.gauges = gauges;
    this.parking = parking;
    this.accounts = accounts;
    this.history = history;
  }

  /** Looks at everything once, and parks the accounts whose money does not add up. */
  public Report run() {
    return conclude(invariants.findings());
  }

  /** Looks at everything once and changes nothing, unless somebody is just looking. */
  public Optional<Report> lookUnlessElsewhere() {
    return invariants
        .findingsUnlessElsewhere()
        .map(findings -> report(findings, accounts.parkedCount()));
  }

  /** Looks at everything once, unless another node is just doing that; says so if it is wrong. */
  public Optional<Report> runUnlessElsewhere() {
    var report = invariants.findingsUnlessElsewhere().map(this::conclude);
    report
        .filter(it -> !it.ok())
        .ifPresent(it -> LOG.error("The books are not right: {} do not hold.", it.broken()));
    return report;
  }

  private Report conclude(List<Finding> findings) {
    findings.stream().flatMap(Finding::toPark).distinct().forEach(this::park);
    var parked = accounts.parkedCount();
    gauges.show(findings, parked);
    remember(findings);
    return report(findings, parked);
  }

  private Report report(List<Finding> findings, long parked) {
    var checks = findings.stream().map(CheckResult::of).toList();
    return new Report(
        checks.stream().allMatch(CheckResult::ok), checks, accounts.parked(MAX_SHOWN), parked);
  }

  /** What was found counts, whether or not it can be written down. */
  private void remember(List<Finding> findings) {
    try {
      history.add(findings);
    } catch (RuntimeException e) {
      LOG.warn("What a reconciliation found cannot be written down.", e);
    }
  }

  /** One account that cannot be parked, say because it is busy, keeps no other from it. */
  private void park(UserId user) {
    try {
      parking.park(user);
    } catch (RuntimeException e) {
      LOG.error("An account could not be parked; the next reconciliation tries again.", e);
    }
  }

  /**
   * What the books look like.
   *
   * @param parkedAccounts the latest of those that are not charged until an operator has put them
   *     right
   * @param parkedAccountsTotal how many there are
   */
  public record Report(
      boolean ok,
      List<CheckResult> checks,
      List<ParkedAccount> parkedAccounts,
      long parkedAccountsTotal) {

    private List<String> broken() {
      return checks.stream().filter(check -> !check.ok()).map(CheckResult::name).toList();
    }
  }

  /** Whether an invariant holds, and the first rows that break it. */
  public record CheckResult(String name, boolean ok, List<String> violations) {

    static CheckResult of(Finding finding) {
      return new CheckResult(
          finding.check().name(),
          finding.total() == 0,
          finding.violations().stream().limit(MAX_SHOWN).map(Violation::text).toList());
    }
  }
}
