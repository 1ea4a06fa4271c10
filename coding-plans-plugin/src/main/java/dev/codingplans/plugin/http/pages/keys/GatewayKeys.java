package dev.codingplans.plugin.http.pages.keys;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.apikeys.ApiKey;
import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.apikeys.ApiKeys.Creation;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.http.pages.HostPages;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's own API keys. If it lends none, there is no such page; if it fails, that is said. */
@Singleton
class GatewayKeys {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayKeys.class);

  private final Optional<ApiKeys> port;

  GatewayKeys(HostPages host) {
    this.port = host.apiKeys();
  }

  /** Returns the user's keys, newest first. */
  List<ApiKey> list(UserId user) {
    return ask(keys -> keys.list(user));
  }

  Creation create(UserId user, Optional<String> name) {
    return ask(keys -> keys.create(user, name));
  }

  void revoke(UserId user, String id) {
    if (!ask(keys -> keys.revoke(user, id))) {
      throw noSuchKey();
    }
  }

  static Refusal noSuchKey() {
    return new Refusal(NOT_FOUND, "You have no such gateway key.");
  }

  private <T> T ask(Function<ApiKeys, T> question) {
    var keys = port.orElseThrow(() -> new Refusal(NOT_FOUND, "There is nothing at this address."));
    try {
      return question.apply(keys);
    } catch (RuntimeException e) {
      LOG.warn("The host's API keys cannot be had: {}", e.toString());
      throw new Refusal(
          UNAVAILABLE, "Gateway keys cannot be shown or changed right now. Try again in a moment.");
    }
  }
}
