package dev.codingplans.plugin.billing;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.LedgerEntry;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Top-ups of which a payment service tells as payments, by the top-up's id: however often and in
 * whatever way it tells, each is credited once.
 */
@Singleton
public class TopUpPayments {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final TopUpRows rows;
  private final Credits credits;

  TopUpPayments(TopUpRows rows, Credits credits) {
    this.rows = rows;
    this.credits = credits;
  }

  /**
   * Credits the user's top-up of that id, unless it has been; the account is locked. Returns its
   * entry; empty if the payment is of no such top-up, or of another amount than was asked for.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<LedgerEntry> credit(String paymentId, UserId user, long amount, Instant now) {
    var known = find(paymentId, user);
    if (known.isPresent() || !ID.matcher(paymentId).matches()) {
      return known;
    }
    var id = UUID.fromString(paymentId);
    if (rows.finishPaid(id, user, amount, now)) {
      return Optional.of(credits.addPayment(user, amount, "Automatic top-up", "top-up:" + id, now));
    }
    rows.fail(id, user, "another amount was paid", now);
    return Optional.empty();
  }

  /** Returns the entry of the user's top-up of that id, if it has been credited. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<LedgerEntry> find(String paymentId, UserId user) {
    return ID.matcher(paymentId).matches()
        ? credits.findEntry(user, "top-up:" + paymentId)
        : Optional.empty();
  }
}
