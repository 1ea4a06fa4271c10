package dev.codingplans.sample.apikeys;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.security.Credentials;
import dev.codingplans.sample.security.InferenceAuthenticator;
import dev.codingplans.sample.security.KnownTokens;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells who asks for inference by an API key in {@code Authorization: Bearer} or in {@code
 * x-api-key}, or by a token. If both headers are there, {@code Authorization} counts.
 */
@Singleton
final class KeyAuthenticator implements InferenceAuthenticator {

  private static final Set<Caller.Role> ROLES = Set.of(Caller.Role.USER);

  private final KnownTokens tokens;
  private final KnownKeys keys;
  private final KeyDigests digests;
  private final KeyUses uses;

  KeyAuthenticator(KnownTokens tokens, KnownKeys keys, KeyDigests digests, KeyUses uses) {
    this.tokens = tokens;
    this.keys = keys;
    this.digests = digests;
    this.uses = uses;
  }

  @Override
  public CompletionStage<Optional<Caller>> authenticate(Credentials credentials) {
    var bearer = credentials.bearer();
    var key = bearer.or(() -> credentials.apiKey().map(String::strip)).filter(KeyText::isMeant);
    if (key.isPresent()) {
      return byKey(key.get());
    }
    return bearer.isPresent()
        ? tokens.caller(bearer.get())
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private CompletionStage<Optional<Caller>> byKey(String text) {
    return KeyText.parse(text)
        .map(key -> keys.owner(digests.of(key)).thenApply(owner -> owner.map(this::caller)))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  private Caller caller(KeyOwner owner) {
    if (owner.useIsDue()) {
      uses.note(owner.id());
    }
    return new Caller(new UserId(owner.userId()), ROLES, Map.of());
  }
}
