package dev.codingplans.plugin.event.delivery;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the queue of one recipient on this node, together with the workers of other nodes. */
final class DeliveryWorker {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);

  private static final int MOST_AT_ONCE = 8;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration MAX_STOP = Duration.ofSeconds(10);

  private final String listener;
  private final DeliveryRecord record;
  private final DeliveryQueue queue;
  private final DeliveryMeters meters;
  private final ExecutorService threads;
  private final DeliveryAttempt attempt;
  private final Thread thread;
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
  private final Semaphore calls = new Semaphore(0);
  private volatile boolean stopping;
  private boolean blind;

  DeliveryWorker(
      Recipient recipient, DeliveryRecord record, DeliveryQueue queue, DeliveryMeters meters) {
    this.listener = recipient.name();
    this.record = record;
    this.queue = queue;
    this.meters = meters;
    var name = "coding-plans-events-" + listener;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    this.attempt = new DeliveryAttempt(recipient, threads);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Says that something may be due. */
  void wake() {
    calls.release();
  }

  private void run() {
    try {
      while (!stopping) {
        calls.drainPermits();
        if (!deliverSome()) {
          calls.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts as many deliveries as there is room for; false if there was nothing to do. */
  private boolean deliverSome() throws InterruptedException {
    if (!slots.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    var room = 1 + slots.drainPermits();
    var started = 0;
    try {
      meters.refreshIfOld();
      var claim = queue.claim(listener, room);
      for (Delivery each : claim.deliveries()) {
        threads.execute(() -> deliver(each));
        started++;
      }
      blind = false;
      return claim.more() || started > 0;
    } catch (RuntimeException e) {
      sayBlind(e);
      return false;
    } finally {
      slots.release(room - started);
    }
  }

  private void deliver(Delivery delivery) {
    try {
      record.write(delivery, attempt.make(delivery));
    } finally {
      slots.release();
      wake();
    }
  }

  /** Says it once: it is looked at every second. */
  private void sayBlind(RuntimeException failure) {
    if (!blind) {
      LOG.warn("Events for {} cannot be read now: {}.", listener, DeliveryRecord.kindOf(failure));
    }
    blind = true;
  }

  void askToStop() {
    stopping = true;
    wake();
  }

  /** Lets what is under way end until the deadline; the rest is recorded as failed. */
  void awaitEnd(long deadline) {
    try {
      if (thread.isAlive()) {
        thread.join(MAX_STOP);
      }
      if (!slots.tryAcquire(MOST_AT_ONCE, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
      }
      threads.shutdown();
      if (!threads.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A delivery to {} did not end within {}.", listener, MAX_STOP);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
