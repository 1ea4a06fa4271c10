package dev.codingplans.sample.apikeys;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this node knows of one key: the database's latest answer, and the question under way. */
final class KnownKey {

  /**
   * No answer is used for longer while the database answers: half of what a revocation may take.
   */
  private static final long FRESH = Duration.ofMillis(500).toNanos();

  /** From then on it is asked again beside the request, so that a key in use never waits. */
  private static final long ASKED_AGAIN = Duration.ofMillis(250).toNanos();

  /**
   * Within that time of a failure the database counts as away; a question fails in four seconds.
   */
  private static final long RECENT = Duration.ofSeconds(10).toNanos();

  private final long longestOutage;
  private final LongSupplier clock;
  private final Supplier<CompletableFuture<KeyAnswer>> question;
  private volatile @Nullable KeyAnswer latest;
  private @Nullable CompletableFuture<KeyAnswer> underWay;
  private boolean outage;
  private long failedAt;
  private boolean revoked;

  /**
   * @param longestOutage how long the last answer serves while the database does not
   */
  KnownKey(
      Duration longestOutage, LongSupplier clock, Supplier<CompletableFuture<KeyAnswer>> question) {
    this.longestOutage = longestOutage.toNanos();
    this.clock = clock;
    this.question = question;
  }

  /** Returns whose key it is; it fails if that is not known and the database does not answer. */
  CompletionStage<Optional<KeyOwner>> owner() {
    var known = latest;
    return known != null && known.isYounger(ASKED_AGAIN, clock.getAsLong())
        ? completedFuture(known.owner())
        : ask();
  }

  /** Nobody's from now on, whatever a question under way brings. */
  synchronized void revoke() {
    revoked = true;
    latest = new KeyAnswer(Optional.empty(), clock.getAsLong());
  }

  private CompletionStage<Optional<KeyOwner>> ask() {
    var arrivedAt = clock.getAsLong();
    CompletableFuture<KeyAnswer> asked;
    synchronized (this) {
      if (revoked) {
        return completedFuture(Optional.empty());
      }
      asked = question();
      var known = latest;
      if (known != null && serves(known)) {
        return completedFuture(known.owner());
      }
    }
    return asked
        .thenCompose(answer -> answer.isYounger(FRESH, arrivedAt) ? asked : askAgain())
        .handle((answer, failure) -> owner(failure));
  }

  /** The question was too old when its answer was waited for, as on a node that was frozen. */
  private synchronized CompletableFuture<KeyAnswer> askAgain() {
    return question();
  }

  /** Puts the question, unless it is under way or has failed a moment ago. */
  private CompletableFuture<KeyAnswer> question() {
    var asked = underWay;
    if (asked == null || (asked.isDone() && !hasJustFailed())) {
      asked = question.get().whenComplete(this::learn);
      underWay = asked;
    }
    return asked;
  }

  private synchronized void learn(@Nullable KeyAnswer answer, @Nullable Throwable failure) {
    outage = failure != null && !(failure instanceof TooManyLookups);
    failedAt = clock.getAsLong();
    if (answer != null && !revoked) {
      latest = answer;
    }
  }

  private synchronized Optional<KeyOwner> owner(@Nullable Throwable failure) {
    var known = latest;
    if (known != null && (failure == null || serves(known))) {
      return known.owner();
    }
    throw new CompletionException(failure);
  }

  private boolean serves(KeyAnswer known) {
    return known.isYounger(isAway() ? longestOutage : FRESH, clock.getAsLong());
  }

  /** A failure of long ago says nothing of now: the next question tells. */
  private boolean isAway() {
    return outage && clock.getAsLong() - failedAt < RECENT;
  }

  private boolean hasJustFailed() {
    return outage && clock.getAsLong() - failedAt < ASKED_AGAIN;
  }
}
