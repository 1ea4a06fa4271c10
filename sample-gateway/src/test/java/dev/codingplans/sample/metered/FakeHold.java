package dev.codingplans.sample.metered;

import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.gateway.spi.usage.Hold;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A hold that tells what became of it. */
public final class FakeHold implements Hold {

  private final CompletableFuture<Consumption> settled = new CompletableFuture<>();

  @Override
  public String id() {
    return "request:fake";
  }

  @Override
  public CompletionStage<Void> settle(Consumption consumption) {
    settled.complete(consumption);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void release() {
    settled.cancel(false);
  }

  public boolean isOver() {
    return settled.isDone();
  }

  public boolean isReleased() {
    return settled.isCancelled();
  }

  /** Returns what was charged; waits for it. */
  public Consumption settled() {
    return settled.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
