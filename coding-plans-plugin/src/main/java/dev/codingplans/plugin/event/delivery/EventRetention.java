package dev.codingplans.plugin.event.delivery;

import dev.codingplans.plugin.database.Partitions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the months of events ahead, drops old ones, and gives up what nobody listens for any more,
 * again and again.
 */
@Singleton
class EventRetention {

  private static final Logger LOG = LoggerFactory.getLogger(EventRetention.class);

  private static final int MOST_PAGES = 1_000;
  private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
  private static final Duration LEAST_OFTEN = Duration.ofHours(1);
  private static final Duration MAX_STOP = Duration.ofSeconds(10);

  private static final String LOG_NAME = "event";

  private final OldEvents events;
  private final Partitions partitions;
  private final EventSettings settings;
  private final Recipients recipients;
  private final Duration interval;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("coding-plans-event-retention").daemon().factory());
  private volatile boolean stopping;

  EventRetention(
      OldEvents events, Partitions partitions, Recipients recipients, EventSettings settings) {
    this.events = events;
    this.partitions = partitions;
    this.settings = settings;
    this.recipients = recipients;
    this.interval = between(MOST_OFTEN, settings.retention().dividedBy(100), LEAST_OFTEN);
  }

  /** Starts at a moment of its own, so that nodes started together take turns. */
  @SuppressWarnings("FutureReturnValueIgnored") // A run that fails says so itself.
  void start() {
    var millis = interval.toMillis();
    thread.scheduleWithFixedDelay(
        this::run, ThreadLocalRandom.current().nextLong(millis), millis, TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      partitions.make(LOG_NAME);
      abandon();
      // What is not told yet is kept, however old.
      partitions.drop(LOG_NAME, settings.retention());
    } catch (RuntimeException e) {
      LOG.warn("Old events could not be looked through; the next time is in {}.", interval, e);
    }
  }

  private void abandon() {
    var abandoned = 1;
    for (int page = 0; abandoned > 0 && page < MOST_PAGES && !stopping; page++) {
      abandoned = events.abandonFor(recipients.names());
      if (abandoned > 0) {
        LOG.error("{} events are not delivered any more: nobody listens for them.", abandoned);
      }
    }
  }

  void stop() {
    stopping = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Looking through old events did not end within {}.", MAX_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration between(Duration least, Duration wanted, Duration most) {
    if (wanted.compareTo(least) < 0) {
      return least;
    }
    return wanted.compareTo(most) > 0 ? most : wanted;
  }
}
