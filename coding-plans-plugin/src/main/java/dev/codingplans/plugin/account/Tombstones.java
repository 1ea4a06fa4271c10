package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.usage.UserNames;
import dev.codingplans.plugin.vault.Vault;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers whose account was deleted, without remembering who it was. In real time: the instants
 * of tokens are no product time.
 */
@Singleton
public class Tombstones implements UserNames {

  private static final String ISSUED_AT = "iat";

  private final TombstoneRepository repository;
  private final Vault vault;

  Tombstones(TombstoneRepository repository, Vault vault) {
    this.repository = repository;
    this.vault = vault;
  }

  /** Adds one, and tells whether it is the user's first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean add(UserId user) {
    var hash = hash(user);
    var isFirst = repository.findDeletion(hash).isEmpty();
    repository.add(hash);
    return isFirst;
  }

  /** Tells whether the caller's token is from before the account was deleted, or does not say. */
  public boolean forbid(Caller caller) {
    return repository
        .findDeletion(hash(caller.user()))
        .map(Tombstone::deletedAt)
        .filter(deletedAt -> !issuedAt(caller).map(deletedAt::isBefore).orElse(false))
        .isPresent();
  }

  /** Returns what the caller is called by now: one whose account was deleted since is nobody. */
  public UserId nameOf(Caller caller) {
    return forbid(caller) ? anonymous() : caller.user();
  }

  /**
   * Returns what a user is called by now: one who was deleted, and has no new account, is nobody.
   */
  @Override
  public UserId nameOf(UserId user) {
    return isGone(user) ? anonymous() : user;
  }

  /** Tells whether the user was deleted and has no new account. */
  public boolean isGone(UserId user) {
    return repository.isGone(hash(user), user);
  }

  /** Returns a new name that stands for nobody. */
  static UserId anonymous() {
    return new UserId("deleted-" + UUID.randomUUID());
  }

  private static Optional<Instant> issuedAt(Caller caller) {
    try {
      return Optional.ofNullable(caller.claims().get(ISSUED_AT)).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private byte[] hash(UserId user) {
    return vault.fingerprint(Secret.of("deleted account " + user.value()));
  }
}
