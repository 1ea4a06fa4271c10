package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.provider.Verification;
import dev.codingplans.plugin.provider.Verification.Unreachable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider about the keys of one upload. A provider that cannot answer is asked again
 * after a while, and nobody else takes the turn meanwhile, so that it is asked less; once it has
 * not answered for many keys in a row, it is asked once for each of the others. While it is given a
 * pause it is not asked, so that counts for nothing, but it is not waited for without end.
 */
final class AskedProof implements Proof {

  private static final Logger LOG = LoggerFactory.getLogger(AskedProof.class);

  private static final int MOST_ATTEMPTS = 5;
  private static final int MOST_IN_A_ROW = 20;

  private final Function<Secret, Verification> provider;
  private final Semaphore turns;
  private final Duration backOff;
  private final Duration patience;
  private final StopSignal stop;
  private final AtomicInteger unreachableInARow = new AtomicInteger();

  /**
   * @param patience for how long a key waits for its provider's pauses to end
   */
  AskedProof(
      Function<Secret, Verification> provider,
      Semaphore turns,
      Duration backOff,
      Duration patience,
      StopSignal stop) {
    this.provider = provider;
    this.turns = turns;
    this.backOff = backOff;
    this.patience = patience;
    this.stop = stop;
  }

  @Override
  public Outcome of(Secret key) throws InterruptedException {
    turns.acquire();
    try {
      var deadline = System.nanoTime() + patience.toNanos();
      var verification = askAfterPauses(key, deadline);
      for (int failures = 1; isUnreachable(verification) && failures < attempts(); failures++) {
        rest(failures);
        verification = askAfterPauses(key, deadline);
      }
      var outcome = Outcome.of(verification);
      note(outcome);
      return outcome;
    } finally {
      turns.release();
    }
  }

  /** Waits until the provider may be asked again, but not longer than there is patience. */
  private Verification askAfterPauses(Secret key, long deadline) throws InterruptedException {
    var verification = ask(key);
    while (isPaused(verification) && System.nanoTime() - deadline < 0) {
      rest(1);
      verification = ask(key);
    }
    return verification;
  }

  private static boolean isUnreachable(Verification verification) {
    return verification instanceof Unreachable;
  }

  private static boolean isPaused(Verification verification) {
    return verification instanceof Unreachable unreachable && !unreachable.wasAsked();
  }

  private Verification ask(Secret key) throws InterruptedException {
    var verification = answer(key);
    // What a call says that was broken off says nothing of the key.
    if (stop.isGiven() || Thread.interrupted()) {
      throw new InterruptedException("the plugin stops");
    }
    return verification;
  }

  private Verification answer(Secret key) {
    try {
      return provider.apply(key);
    } catch (RuntimeException e) {
      // Its message may quote the key.
      LOG.warn("An adapter failed with {} while it proved a key.", e.getClass().getName());
      return new Unreachable();
    }
  }

  private int attempts() {
    return unreachableInARow.get() < MOST_IN_A_ROW ? MOST_ATTEMPTS : 1;
  }

  /** Twice as long after each failure, and not as long as the others. */
  private void rest(int failures) throws InterruptedException {
    var millis = backOff.toMillis() << (failures - 1);
    var time = Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1));
    if (stop.await(time)) {
      throw new InterruptedException("the plugin stops");
    }
  }

  private void note(Outcome outcome) {
    if (outcome == Outcome.UNREACHABLE) {
      unreachableInARow.incrementAndGet();
    } else {
      unreachableInARow.set(0);
    }
  }
}
