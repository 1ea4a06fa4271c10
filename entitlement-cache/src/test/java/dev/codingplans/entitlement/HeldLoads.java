package dev.codingplans.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A loader whose loads, while it holds them, have read the store but do not return yet. */
final class HeldLoads implements EntitlementLoader {

  private final EntitlementLoader store;
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
  private volatile boolean holding;

  HeldLoads(EntitlementLoader store) {
    this.store = store;
  }

  void hold() {
    holding = true;
  }

  void letPass() {
    holding = false;
  }

  /** Waits for the next load that has read the store. */
  Held next() throws InterruptedException {
    var load = held.poll(5, TimeUnit.SECONDS);
    assertThat(load).as("a load has begun").isNotNull();
    return load;
  }

  /** Tells whether a load waits to return. */
  boolean hasNext() {
    return !held.isEmpty();
  }

  @Override
  public LoadedFacts load(UserId user) throws Exception {
    if (!holding) {
      return store.load(user);
    }
    var load = new Held(user, new CountDownLatch(1));
    try {
      return store.load(user);
    } finally {
      held.add(load);
      load.mayReturn.await();
    }
  }

  @Override
  public List<UserId> usersAfter(Optional<UserId> user, int most) throws Exception {
    return store.usersAfter(user, most);
  }

  @Override
  public Map<UserId, LoadedFacts> loadAll(Set<UserId> users) throws Exception {
    return store.loadAll(users);
  }

  /** A load that waits to return. */
  record Held(UserId user, CountDownLatch mayReturn) {

    void release() {
      mayReturn.countDown();
    }
  }
}
