package dev.codingplans.plugin.event.delivery;

import dev.codingplans.plugin.database.SqlState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what became of attempts: in the queue, in the figures, and in the log. */
final class DeliveryRecord {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRecord.class);

  private static final int MOST_TRIES = 3;
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final String listener;
  private final DeliveryOutcomes outcomes;
  private final DeliveryMeters meters;
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  DeliveryRecord(String listener, DeliveryOutcomes outcomes, DeliveryMeters meters) {
    this.listener = listener;
    this.outcomes = outcomes;
    this.meters = meters;
  }

  /** Records an attempt; what cannot be recorded is delivered again when its lease has run out. */
  void write(Delivery delivery, Optional<String> failure) {
    meters.count(failure.isEmpty() ? "delivered" : "failed");
    failure.ifPresent(this::sayFailure);
    for (int i = 1; i <= MOST_TRIES; i++) {
      try {
        store(delivery, failure);
        return;
      } catch (RuntimeException e) {
        LOG.warn("An attempt to tell {} cannot be recorded: {}.", listener, kindOf(e));
      }
    }
  }

  private void store(Delivery delivery, Optional<String> failure) {
    if (failure.isEmpty()) {
      outcomes.delivered(delivery);
    } else if (outcomes.failed(delivery, failure.get())) {
      sayAbandoned(delivery, failure.get());
    } else {
      return;
    }
    delivery.event().user().ifPresent(user -> outcomes.wakeNext(listener, user));
  }

  private void sayAbandoned(Delivery delivery, String reason) {
    meters.count("abandoned");
    LOG.error(
        "Event {} ({}) is given up for {}, because it is too old; the last attempt failed: {}.",
        delivery.event().id(),
        delivery.event().type(),
        listener,
        reason);
  }

  /** Not for every user: what is down fails for all of them. */
  private void sayFailure(String reason) {
    var now = System.nanoTime();
    var quiet = quietUntil.get();
    if (now - quiet >= 0 && quietUntil.compareAndSet(quiet, now + QUIET.toNanos())) {
      LOG.warn("{} does not take events: {}. They are tried again.", listener, reason);
    }
  }

  /** Without the message, which may quote a row. */
  static String kindOf(RuntimeException failure) {
    return SqlState.of(failure)
        .map(state -> "SQL state " + state)
        .orElseGet(() -> failure.getClass().getName());
  }
}
