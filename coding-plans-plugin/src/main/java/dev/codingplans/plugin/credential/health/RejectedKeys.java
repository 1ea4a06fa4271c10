package dev.codingplans.plugin.credential.health;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.credential.Health;
import dev.codingplans.plugin.vault.Vault;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from the request path that a plan's key was rejected, and marks its credential later, on a
 * thread of its own: once, however many requests meet the same fate.
 */
@Singleton
class RejectedKeys {

  private static final Logger LOG = LoggerFactory.getLogger(RejectedKeys.class);
  private static final Duration SAID = Duration.ofMinutes(1);
  private static final int MOST_SAID = 10_000;
  private static final int MOST_WAITING = 1_000;
  private static final long MAX_STOP_SECONDS = 5;

  private final Vault vault;
  private final HealthMarks marks;
  private final CredentialHealth health;
  private final Cache<String, Boolean> said =
      Caffeine.newBuilder().maximumSize(MOST_SAID).expireAfterWrite(SAID).build();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          0,
          1,
          SAID.toSeconds(),
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().name("coding-plans-rejected").daemon().factory());

  RejectedKeys(Vault vault, HealthMarks marks, CredentialHealth health) {
    this.vault = vault;
    this.marks = marks;
    this.health = health;
  }

  /** Returns at once. What finds no room is said again by the next request. */
  void report(Secret key) {
    var fingerprint = vault.fingerprint(key);
    var name = HexFormat.of().formatHex(fingerprint);
    if (said.asMap().putIfAbsent(name, true) != null) {
      return;
    }
    try {
      thread.execute(() -> mark(name, fingerprint));
    } catch (RejectedExecutionException e) {
      LOG.debug("Too many rejected keys at once, or the plugin stops.");
      said.invalidate(name);
    }
  }

  private void mark(String name, byte[] fingerprint) {
    try {
      marks.findAssigned(fingerprint).ifPresent(id -> health.isLost(id, Health.REJECTED));
    } catch (RuntimeException e) {
      LOG.warn("A credential cannot be marked as rejected now.", e);
      said.invalidate(name);
    }
  }

  @PreDestroy
  void stop() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(MAX_STOP_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("Rejected keys are still being written down.");
      thread.shutdownNow();
    }
  }
}
