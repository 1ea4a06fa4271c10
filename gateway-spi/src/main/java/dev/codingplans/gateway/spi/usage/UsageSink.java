package dev.codingplans.gateway.spi.usage;

import java.util.concurrent.CompletionStage;

/**
 * Where a host reports what users have used. It may be called from any thread, event loops
 * included: it does no I/O and never waits.
 *
 * <p>A record is charged exactly once, however often it is reported and whatever becomes of the
 * host or the plugin meanwhile, if the host keeps it until it is acknowledged and reports it again
 * otherwise, with the same event id.
 *
 * <pre>{@code
 * sink.accept(usage).whenComplete((receipt, failure) -> {
 *   if (failure != null) spool.keep(usage);
 * });
 * }</pre>
 */
@FunctionalInterface
public interface UsageSink {

  /**
   * Takes a record.
   *
   * @return completes once the record is stored and can no longer be lost, as a rule within 50 ms;
   *     exceptionally if it is not known to be stored: too many wait, or the plugin stops
   */
  CompletionStage<Receipt> accept(UsageRecord usage);

  /** What became of a record. */
  enum Receipt {
    /** It is stored, and is charged soon. */
    ACCEPTED,
    /** A record of this event id was stored before. */
    DUPLICATE,
    /** It is stored and not charged, because it cannot be right: the operator looks at it. */
    QUARANTINED
  }
}
