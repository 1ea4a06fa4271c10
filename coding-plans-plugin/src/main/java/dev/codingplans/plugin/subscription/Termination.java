package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.subscription.CancellationReason.ADMINISTRATIVE_TERMINATION;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.subscription.Ending.End;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Ends a subscription now, whatever is paid for (X3). */
@Singleton
public class Termination {

  private final LockedSubscriptions locked;
  private final Ending ending;
  private final TimeSource time;

  Termination(LockedSubscriptions locked, Ending ending, TimeSource time) {
    this.locked = locked;
    this.ending = ending;
    this.time = time;
  }

  @Transactional
  public void terminate(UserId owner, UUID id) {
    locked.getLive(owner, id);
    var now = time.now();
    ending.end(List.of(new End(id, ADMINISTRATIVE_TERMINATION, now)), now);
  }
}
