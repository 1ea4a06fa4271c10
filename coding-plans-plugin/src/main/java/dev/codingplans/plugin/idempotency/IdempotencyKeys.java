package dev.codingplans.plugin.idempotency;

import static dev.codingplans.plugin.refusal.Refusal.Code.IDEMPOTENCY_KEY_REUSED;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers what each key made, for ever. Asked and told under the account lock, within the
 * transaction that makes it, so that a failed attempt leaves nothing.
 */
@Singleton
public class IdempotencyKeys {

  private final IdempotencyRepository repository;

  IdempotencyKeys(IdempotencyRepository repository) {
    this.repository = repository;
  }

  /** Returns what the key made before; refuses if it was for another request. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<UUID> replay(IdempotencyKey key) {
    var made = repository.find(key.scope(), key.keyHash());
    if (made.isPresent() && !key.isOfRequest(made.get().requestHash())) {
      throw new Refusal(
          IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used for another request.");
    }
    return made.map(MadeResource::resourceId);
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void remember(IdempotencyKey key, UUID resource) {
    repository.add(key.scope(), key.keyHash(), key.requestHash(), resource);
  }

  /** Forgets what the user's own keys made, because the account goes; those of admins stay. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void forgetUser(UserId user) {
    repository.deleteAll(IdempotencyKey.userScope(user));
  }
}
