package dev.codingplans.plugin.credit.lease;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.BalanceLeased;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Gets back what only leases keep from a charge, for two seconds at most (M1). */
@Singleton
public class Recall {

  private static final Duration MOST = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Leases leases;

  Recall(Leases leases) {
    this.leases = leases;
  }

  /**
   * Returns what the attempt does, which is a transaction of its own. If it is refused because
   * leases stand in the way, they are recalled and it is tried again.
   */
  public <T> T whenFree(UserId user, Supplier<T> attempt) {
    var end = System.nanoTime() + MOST.toNanos();
    var isHeld = true;
    while (true) {
      try {
        return attempt.get();
      } catch (BalanceLeased e) {
        // What stood in the way may be gone by the time it is looked for: so once more then.
        var wasHeld = isHeld;
        isHeld = leases.recall(List.of(user));
        if (!wasHeld || System.nanoTime() - end >= 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
