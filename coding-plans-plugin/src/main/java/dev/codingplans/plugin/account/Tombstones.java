package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.DeletedName;
import dev.codingplans.plugin.usage.DeletedUsers;
import dev.codingplans.plugin.usage.Deletion;
import dev.codingplans.plugin.vault.Vault;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers whose account was deleted, without remembering who it was. In real time for tokens,
 * whose instants are no product time, and in product time for what was used.
 */
@Singleton
public class Tombstones implements DeletedUsers {

  private static final String ISSUED_AT = "iat";

  private final TombstoneRepository repository;
  private final DeletionRows deletions;
  private final Vault vault;

  Tombstones(TombstoneRepository repository, DeletionRows deletions, Vault vault) {
    this.repository = repository;
    this.deletions = deletions;
    this.vault = vault;
  }

  /** Adds one, and tells whether it is the user's first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean add(UserId user, Instant at) {
    var hash = hash(user);
    var isFirst = repository.findDeletion(hash).isEmpty();
    repository.add(hash, at);
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
    return forbid(caller) ? DeletedName.random() : caller.user();
  }

  /**
   * Returns what a user is called by now: one who was deleted, and has no new account, is nobody.
   */
  public UserId nameOf(UserId user) {
    return isGone(user) ? DeletedName.random() : user;
  }

  /** Tells whether the user was deleted and has no new account. */
  public boolean isGone(UserId user) {
    return repository.isGone(hash(user), user);
  }

  @Override
  public List<Deletion> deletionsOf(List<UserId> users) {
    return deletions.find(
        users.stream().map(user -> new DeletionRows.HashedUser(user, hash(user))).toList());
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
