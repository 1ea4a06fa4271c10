package dev.codingplans.sample.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The metered answers that are on their way. They are read to their end also if their clients have
 * left: so many at once, for so long (M3). Before the gateway stops, it waits for them.
 */
@Singleton
public final class Drains implements GracefulShutdownCapable {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int MOST = 500;

  private final Set<MeteredRelay> answers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
  private volatile boolean stopping;
  private volatile boolean stopped;

  Drains(MeterRegistry meters) {
    meters.gauge("gateway.answers.drained", open);
  }

  /** An answer begins. */
  void add(MeteredRelay answer) {
    answers.add(answer);
    if (stopped) {
      answer.giveUp();
    }
  }

  /** An answer has ended. */
  void remove(MeteredRelay answer) {
    answers.remove(answer);
    tellIfAllEnded();
  }

  /** The client of an answer has left; returns nothing if there is no room for one more. */
  Optional<Drain> enter(MeteredRelay answer, ScheduledExecutorService timer) {
    if (open.incrementAndGet() > MOST) {
      open.decrementAndGet();
      return Optional.empty();
    }
    var deadline = timer.schedule(answer::giveUp, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    return Optional.of(new Drain(deadline));
  }

  @Override
  public CompletionStage<?> shutdownGracefully() {
    stopping = true;
    tellIfAllEnded();
    return allEnded;
  }

  /**
   * Ends all of them where they are, and charges what came. To be called before the plugins stop,
   * which take the charges.
   */
  public void endAll() {
    stopped = true;
    answers.forEach(MeteredRelay::giveUp);
  }

  private void tellIfAllEnded() {
    if (stopping && answers.isEmpty()) {
      allEnded.complete(null);
    }
  }

  /** One answer that is read to its end, until it has ended. */
  final class Drain {

    private final Future<?> deadline;
    private final AtomicBoolean over = new AtomicBoolean();

    private Drain(Future<?> deadline) {
      this.deadline = deadline;
    }

    /** Makes room for another; again does nothing. */
    void end() {
      if (over.compareAndSet(false, true)) {
        deadline.cancel(false);
        open.decrementAndGet();
      }
    }
  }
}
