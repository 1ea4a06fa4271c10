package dev.codingplans.plugin.time;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does again and again in real time, on a thread of its own, and soon when it is woken.
 */
public final class RegularWork {

  private static final Logger LOG = LoggerFactory.getLogger(RegularWork.class);

  /** Whoever wakes it many times at once wakes it once. */
  private static final Duration SOON = Duration.ofMillis(100);

  private static final Duration MAX_FIRST = Duration.ofSeconds(1);

  /**
   * Work that failed is tried again sooner than its interval says, each time after twice as long.
   */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private static final int MAX_DOUBLINGS = 20;

  /** A minute of a day. */
  private static final long PARTS = 1_440;

  private static final Duration MAX_STOP = Duration.ofSeconds(5);

  private final String name;
  private final Duration interval;
  private final Runnable work;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean stopping;
  private int failures;

  /**
   * @param name of the thread, and of the work in the log
   */
  public RegularWork(String name, Duration interval, Runnable work) {
    this.name = name;
    this.interval = interval;
    this.work = work;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("coding-plans-" + name).daemon().factory(),
            new DiscardPolicy());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins soon, at a moment of its own, so that nodes started together take turns. */
  public void start() {
    startWithin(MAX_FIRST);
  }

  /**
   * Begins within a small part of the interval: the longer it is, the less of it a restart puts
   * off, and a very long one keeps the work from being done at all.
   */
  public void startInTime() {
    startWithin(interval.dividedBy(PARTS));
  }

  private void startWithin(Duration most) {
    var first = ThreadLocalRandom.current().nextLong(Math.max(1, most.toMillis()));
    again(Duration.ofMillis(first));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What fails is said by the run itself.
  private void again(Duration delay) {
    thread.schedule(this::runRegularly, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void runRegularly() {
    run();
    again(failures == 0 ? interval : retryDelay());
  }

  private Duration retryDelay() {
    var delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return delay.compareTo(interval) < 0 ? delay : interval;
  }

  /** Says that there may be something to do. */
  @SuppressWarnings("FutureReturnValueIgnored") // What fails is said by the run itself.
  public void wake() {
    if (woken.compareAndSet(false, true)) {
      thread.schedule(this::runWoken, SOON.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Tells whether what runs is to come to its end. */
  public boolean isStopping() {
    return stopping;
  }

  private void runWoken() {
    // Before the work: what happens from here on wakes it anew.
    woken.set(false);
    run();
  }

  private void run() {
    try {
      work.run();
      failures = 0;
    } catch (RuntimeException | Error e) {
      // What is thrown here would end the schedule. Said once: it may fail again every time.
      if (failures++ == 0) {
        LOG.warn("The work of {} failed; it is tried again soon.", name, e);
      }
    }
  }

  /** Lets what is under way end, for a while. */
  public void stop() {
    stopping = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The work of {} did not end within {}.", name, MAX_STOP);
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
