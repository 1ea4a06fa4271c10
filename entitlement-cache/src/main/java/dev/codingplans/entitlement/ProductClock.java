package dev.codingplans.entitlement;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The product's time on the request path: the store's clock as it was last read, carried forward by
 * the node's monotonic clock. The node's own wall clock plays no part. Thread-safe.
 */
public final class ProductClock {

  private final LongSupplier nanos;
  private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

  ProductClock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Returns the time now. It may be ahead by the length of the last reading and is never behind, so
   * that access never outlasts its end.
   *
   * @throws EntitlementsUnavailable before the first reading
   */
  public Instant now() {
    return at(nanos());
  }

  /** Returns the time at a reading of the monotonic clock. */
  Instant at(long nanos) {
    var reading = last.get();
    if (reading == null) {
      throw new EntitlementsUnavailable("The product's time has not been read yet.");
    }
    return reading.product().plusNanos(nanos - reading.nanosBefore());
  }

  /**
   * Takes over a reading of the store's clock. One that began before the last is ignored: it may
   * not know yet that the time was moved.
   *
   * @param productNow what the store's clock said
   * @param nanosBefore {@link System#nanoTime} before it was asked
   */
  public void realign(Instant productNow, long nanosBefore) {
    last.accumulateAndGet(
        new Reading(productNow, nanosBefore),
        (current, next) -> current != null && next.isBefore(current) ? current : next);
  }

  long nanos() {
    return nanos.getAsLong();
  }

  private record Reading(Instant product, long nanosBefore) {

    boolean isBefore(Reading other) {
      return nanosBefore - other.nanosBefore < 0;
    }
  }
}
