package dev.codingplans.plugin.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegularWorkTest {

  private static final Duration DAYS = Duration.ofDays(1000);

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  @DisplayName("work that fails is tried again long before its interval is over, until it succeeds")
  void failure() {
    var work = new RegularWork("test", DAYS, this::failFirst);

    work.start();

    await().until(() -> runs.get() == 2);
    work.stop();
  }

  @Test
  @DisplayName("work that is woken runs at once, and what is stopped runs no more")
  void woken() {
    var work = new RegularWork("test", DAYS, runs::incrementAndGet);

    work.start();
    await().until(() -> runs.get() == 1);
    work.wake();
    await().until(() -> runs.get() == 2);
    work.stop();
    work.wake();

    assertThat(runs).hasValue(2);
  }

  private void failFirst() {
    if (runs.incrementAndGet() == 1) {
      throw new IllegalStateException("the first run fails");
    }
  }
}
