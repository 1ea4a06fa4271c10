package dev.codingplans.sample.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.codingplans.gateway.spi.identity.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The tokens of inference that were good a moment ago. A coding agent sends the same one with every
 * request; its signature is checked once a minute, so that keys which an identity provider takes
 * back are soon gone here too.
 */
@Singleton
public final class KnownTokens {

  private static final int MOST = 50_000;
  private static final Duration MOST_AGE = Duration.ofMinutes(1);

  private final Function<String, CompletionStage<Optional<Caller>>> check;
  private final Clock clock;
  private final Cache<TokenDigest, Known> known;

  @Inject
  KnownTokens(HostAuthenticator authenticator, Clock clock, Ticker ticker) {
    this(authenticator::authenticate, clock, ticker);
  }

  KnownTokens(
      Function<String, CompletionStage<Optional<Caller>>> check, Clock clock, Ticker ticker) {
    this.check = check;
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(MOST_AGE)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Tells whose token it is; only what is found good is remembered. */
  public CompletionStage<Optional<Caller>> caller(String token) {
    var digest = TokenDigest.of(token);
    var found = known.getIfPresent(digest);
    return found != null && clock.millis() < found.expiresAtMillis()
        ? CompletableFuture.completedFuture(found.caller())
        : check.apply(token).thenApply(caller -> remember(digest, caller));
  }

  private Optional<Caller> remember(TokenDigest digest, Optional<Caller> caller) {
    caller
        .flatMap(KnownTokens::expiry)
        .ifPresent(end -> known.put(digest, new Known(caller, end.toEpochMilli())));
    return caller;
  }

  private static Optional<Instant> expiry(Caller caller) {
    return Optional.ofNullable(caller.claims().get("exp")).map(Instant::parse);
  }

  private record Known(Optional<Caller> caller, long expiresAtMillis) {}
}
