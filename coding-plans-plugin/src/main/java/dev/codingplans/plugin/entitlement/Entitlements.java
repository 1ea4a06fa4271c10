package dev.codingplans.plugin.entitlement;

import dev.codingplans.entitlement.ChangeTailer;
import dev.codingplans.entitlement.EntitlementCache;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.entitlement.EntitlementResolver;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.time.ProductTimeMoved;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The request path of this node: its cache, and what keeps it fresh (E4). */
@Singleton
public class Entitlements {

  private static final Logger LOG = LoggerFactory.getLogger(Entitlements.class);

  private final EntitlementCache cache;
  private final ChangeTailer tailer;
  private final TimeSource time;
  private final Thread warmUp =
      Thread.ofVirtual().name("entitlement-warm-up").unstarted(this::warmUp);

  Entitlements(
      SqlEntitlementLoader loader,
      SqlChangeFeed feed,
      EntitlementSettings settings,
      TimeSource time,
      Meters meters) {
    this.cache = new EntitlementCache(loader, settings.providers(), settings.cache(), meters);
    this.tailer = new ChangeTailer(feed, cache);
    this.time = time;
  }

  /** Starts to follow the changes; from then on answers are given. */
  public EntitlementResolver start() {
    tailer.start();
    warmUp.start();
    return cache;
  }

  private void warmUp() {
    try {
      cache.warmUp();
    } catch (CompletionException e) {
      LOG.info("The cache is not warmed up; who is not in it is loaded when asked for.", e);
    }
  }

  /** A change of this node is visible here when its call returns. */
  @TransactionalEventListener
  void onChange(EntitlementChanged change) {
    cache.changed(change.user());
  }

  @EventListener
  void onTimeMoved(ProductTimeMoved moved) {
    var before = System.nanoTime();
    cache.clock().realign(time.now(), before);
  }

  @PreDestroy
  void stop() {
    warmUp.interrupt();
    tailer.close();
    cache.close();
  }
}
