package dev.codingplans.sample.apikeys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.codingplans.sample.settings.GatewaySettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The keys that have been sent to this node lately, and those that were none. */
@Singleton
final class KnownKeys {

  private static final int MOST = 50_000;

  private final Cache<String, KnownKey> byDigest = Caffeine.newBuilder().maximumSize(MOST).build();
  private final KeyLookups lookups;
  private final Ticker clock;
  private final Duration longestOutage;

  KnownKeys(KeyLookups lookups, Ticker clock, GatewaySettings settings) {
    this.lookups = lookups;
    this.clock = clock;
    this.longestOutage = settings.keyOutage();
  }

  /** Returns whose key it is; it fails if that is not known and the database does not answer. */
  CompletionStage<Optional<KeyOwner>> owner(String digest) {
    return known(digest).owner();
  }

  /** Nobody's from now on. Called when the database no longer has it. */
  void revoke(String digest) {
    known(digest).revoke();
  }

  private KnownKey known(String digest) {
    return byDigest.get(
        digest, absent -> new KnownKey(longestOutage, clock::read, () -> lookups.find(absent)));
  }
}
