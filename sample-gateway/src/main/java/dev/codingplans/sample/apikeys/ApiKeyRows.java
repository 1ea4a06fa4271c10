package dev.codingplans.sample.apikeys;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The transactions on keys. They end before anybody is told of what they did. */
@Singleton
class ApiKeyRows {

  private final ApiKeyRepository repository;

  ApiKeyRows(ApiKeyRepository repository) {
    this.repository = repository;
  }

  /** Adds a key; empty if the user has as many as allowed. */
  @Transactional
  public Optional<ApiKey> add(
      String user, Optional<String> name, String prefix, String digest, int most) {
    var id = UUID.randomUUID();
    repository.lock(user);
    return repository.addBelow(most, id, user, name.orElse(null), prefix, digest) == 1
        ? repository.find(id)
        : Optional.empty();
  }

  @Transactional(readOnly = true)
  public List<ApiKey> listBefore(String user, long before, int most) {
    return repository.listBefore(user, before, most);
  }

  /** Removes a key and returns its digest; empty if the user has none of that id. */
  @Transactional
  public Optional<String> remove(String user, UUID id) {
    repository.lock(user);
    var digest = repository.digestOf(id, user);
    return digest.filter(found -> repository.remove(id, user) == 1);
  }

  /** Removes all keys that the user has made by then, and returns their digests. */
  @Transactional
  public List<String> removeUntil(String user, Instant until) {
    repository.lock(user);
    var digests = repository.digestsUntil(user, until);
    repository.removeUntil(user, until);
    repository.forget(user);
    return digests;
  }
}
