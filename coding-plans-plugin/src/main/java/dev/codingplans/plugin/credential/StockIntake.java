package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;
import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Lets credentials into stock, one arrival at a time: so each key is stored once, and whoever waits
 * for a plan is told once (N2).
 */
@Singleton
public class StockIntake {

  private final CredentialRepository repository;
  private final IntakeRows rows;
  private final TimeSource time;
  private final List<StockListener> listeners;

  StockIntake(
      CredentialRepository repository,
      IntakeRows rows,
      TimeSource time,
      List<StockListener> listeners) {
    this.repository = repository;
    this.rows = rows;
    this.time = time;
    this.listeners = listeners;
  }

  /** Waits until no other arrival is under way, and keeps the next from it until the end. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void awaitTurn() {
    repository.lockUploads();
  }

  /** Returns those that were ever stored, whatever became of them. */
  @Transactional
  public Set<Fingerprint> knownAmong(List<Fingerprint> fingerprints) {
    return rows.knownAmong(fingerprints);
  }

  /** Stores credentials in this order; it is the caller's turn. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void store(
      ProviderId provider, PlanId plan, List<NewCredential> credentials, Instant now) {
    rows.add(provider, plan, credentials, now);
    if (credentials.stream().anyMatch(NewCredential::isProven)) {
      tellAdded(plan, now);
    }
  }

  /** Lets a credential be sold whose tier is not proven: an admin answers for it (I5). */
  @Transactional
  public StoredCredential approve(UUID id) {
    awaitTurn();
    var now = time.now();
    var approved = repository.approve(id, now) == 1;
    var credential =
        repository
            .find(id)
            .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such credential."));
    if (!approved) {
      throw new Refusal(
          INVALID_STATE,
          "Only an unverified credential can be approved; this one is "
              + credential.status()
              + ".");
    }
    tellAdded(credential.planId(), now);
    return credential;
  }

  private void tellAdded(PlanId plan, Instant now) {
    listeners.forEach(listener -> listener.onStockAdded(plan, now));
  }
}
