package dev.codingplans.plugin.credential.revocation;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;
import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialRevocationPending;
import dev.codingplans.plugin.event.LifecycleEvent.CredentialRevoked;
import dev.codingplans.plugin.event.Outbox;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an operator does about credentials that are to be ended at their providers (V1, V2). */
@Singleton
public class Revocations {

  /** The reasons that are taken: 1 to 300 printable characters. */
  public static final String REASON = "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,300}";

  private final RevocationRepository repository;
  private final TimeSource time;
  private final Outbox outbox;

  Revocations(RevocationRepository repository, TimeSource time, Outbox outbox) {
    this.repository = repository;
    this.time = time;
    this.outbox = outbox;
  }

  /**
   * Returns what was requested before the position, newest first; without a status what is open.
   */
  public List<RevocationItem> listBefore(
      Optional<CredentialStatus> status, long position, int most) {
    return status
        .map(one -> repository.listBefore(one.code(), position, most))
        .orElseGet(() -> repository.listOpenBefore(position, most));
  }

  /** Says that the credential is ended at the provider. */
  @Transactional
  public RevocationItem complete(UUID id) {
    var now = time.now();
    var item = require(repository.complete(id, now), id);
    outbox.append(new CredentialRevoked(id, item.planId().value(), item.providerId().value()), now);
    return item;
  }

  /** Says why the credential could not be ended. */
  @Transactional
  public RevocationItem fail(UUID id, String reason) {
    return require(repository.fail(id, Reason.of(reason)), id);
  }

  /** Lets it be tried again. */
  @Transactional
  public RevocationItem requeue(UUID id) {
    var item = require(repository.requeue(id), id);
    outbox.append(
        new CredentialRevocationPending(id, item.planId().value(), item.providerId().value()),
        time.now());
    return item;
  }

  /** The change is guarded in SQL; what changed nothing was in another state, or never was. */
  private RevocationItem require(int changed, UUID id) {
    var item = repository.find(id);
    if (changed == 1) {
      return item.orElseThrow();
    }
    if (item.isEmpty() && !repository.isKnown(id)) {
      throw new Refusal(NOT_FOUND, "There is no such credential.");
    }
    throw new Refusal(
        INVALID_STATE,
        item.map(it -> "This credential is " + it.status() + ".")
            .orElse("This credential is not to be revoked: it is in stock or in use."));
  }
}
