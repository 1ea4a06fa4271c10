package dev.codingplans.sample.apikeys;

import dev.codingplans.gateway.spi.lifecycle.LifecycleEvent;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends the API keys of users whose accounts are deleted (X6). Keys made since are of a new account:
 * an event may be told late, or twice.
 */
@Singleton
final class KeysOfDeletedAccounts implements LifecycleListener {

  private final UserKeys keys;

  KeysOfDeletedAccounts(UserKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "api-keys";
  }

  @Override
  public boolean wants(String type) {
    return type.equals("account.deleted");
  }

  @Override
  public CompletionStage<Void> onEvent(LifecycleEvent event) {
    return CompletableFuture.runAsync(() -> take(event), Runnable::run);
  }

  private void take(LifecycleEvent event) {
    if (wants(event.type())) {
      event.user().ifPresent(user -> keys.revokeUntil(user, event.occurredAt()));
    }
  }
}
