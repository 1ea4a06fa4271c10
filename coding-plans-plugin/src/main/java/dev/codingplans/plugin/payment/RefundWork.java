package dev.codingplans.plugin.payment;

import dev.codingplans.plugin.billing.BillingSettings;
import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Looks for refunds that wait as often as the sweep for what is due, on every node. */
@Singleton
public class RefundWork {

  private final RegularWork work;

  RefundWork(WaitingRefunds refunds, BillingSettings settings) {
    this.work =
        new RegularWork("refunds", settings.sweepInterval(), () -> refunds.apply(this::isStopping));
  }

  /** Looks regularly from here on; any number of nodes may. */
  public void start() {
    work.startInTime();
  }

  /** Says that there is one. */
  void wake() {
    work.wake();
  }

  private boolean isStopping() {
    return work.isStopping();
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
