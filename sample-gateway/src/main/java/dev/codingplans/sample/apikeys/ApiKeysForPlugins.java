package dev.codingplans.sample.apikeys;

import dev.codingplans.gateway.spi.apikeys.ApiKey;
import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.identity.UserId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The API keys of users, for the pages of plugins. */
@Singleton
final class ApiKeysForPlugins implements ApiKeys {

  private final UserKeys keys;

  ApiKeysForPlugins(UserKeys keys) {
    this.keys = keys;
  }

  @Override
  public List<ApiKey> list(UserId user) {
    return keys.listBefore(user, Long.MAX_VALUE, UserKeys.MOST).stream()
        .map(key -> key.forPlugins())
        .toList();
  }

  @Override
  public Creation create(UserId user, Optional<String> name) {
    if (!name.map(NewKey::isName).orElse(true)) {
      return new Creation.Refused(
          Reason.INVALID_NAME, "The name is not taken: " + NewKey.NAME_FORM + ".");
    }
    return keys.make(user, name)
        .<Creation>map(made -> new Creation.Created(made.key().forPlugins(), made.text()))
        .orElseGet(() -> new Creation.Refused(Reason.TOO_MANY_KEYS, UserKeys.ENOUGH));
  }

  @Override
  public boolean revoke(UserId user, String id) {
    return id(id).map(known -> keys.revoke(user, known)).orElse(false);
  }

  /** An id that cannot be is the id of nothing. */
  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
