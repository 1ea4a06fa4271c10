package dev.codingplans.plugin.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.provider.QuotaReading;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import dev.codingplans.plugin.provider.QuotaReading.Failure;
import dev.codingplans.plugin.provider.QuotaReading.Inactive;
import dev.codingplans.plugin.provider.QuotaReading.KeyRejected;
import dev.codingplans.plugin.provider.QuotaReading.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingsTest {

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();

  @ParameterizedTest(name = "{0}: {1} s")
  @MethodSource("results")
  @DisplayName("U1 a reading is kept for a minute, a failure for five seconds")
  void keeps(QuotaReading result, int seconds) {
    var readings = new Readings(id -> reading(result), Runnable::run, nanos::get);

    readings.of(ONE).join();
    pass(Duration.ofSeconds(seconds).minusMillis(1));
    readings.of(ONE).join();
    assertThat(calls).hasValue(1);

    pass(Duration.ofMillis(1));
    readings.of(ONE).join();
    assertThat(calls).hasValue(2);
  }

  static Stream<Arguments> results() {
    return Stream.of(
        Arguments.of(new Windows(List.of()), 60),
        Arguments.of(new Inactive(), 60),
        Arguments.of(new KeyRejected(), 5),
        Arguments.of(new Failed(Failure.TIMEOUT), 5));
  }

  @Test
  @DisplayName("I8 another credential has a reading of its own")
  void isOfOneCredential() {
    var readings = new Readings(id -> reading(new Inactive()), Runnable::run, nanos::get);

    readings.of(ONE).join();
    readings.of(OTHER).join();

    assertThat(calls).hasValue(2);
  }

  @Test
  @DisplayName("U1 equal calls in flight share one request")
  void shares() throws Exception {
    var answer = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var readings =
          new Readings(
              id -> {
                await(answer);
                return reading(new Inactive());
              },
              threads,
              nanos::get);
      var waiting = new ArrayList<CompletableFuture<Reading>>();
      for (int i = 0; i < 100; i++) {
        waiting.add(readings.of(ONE));
      }
      answer.countDown();
      var first = waiting.getFirst().get();

      for (var each : waiting) {
        assertThat(each.get()).isSameAs(first);
      }
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  @DisplayName("what is thrown is not kept")
  void forgetsFailures() {
    var readings =
        new Readings(
            id -> {
              calls.incrementAndGet();
              throw new IllegalStateException("no database");
            },
            Runnable::run,
            nanos::get);

    assertThat(readings.of(ONE)).isCompletedExceptionally();
    assertThat(readings.of(ONE)).isCompletedExceptionally();

    assertThat(calls).hasValue(2);
  }

  private Reading reading(QuotaReading result) {
    calls.incrementAndGet();
    return new Reading(result, Instant.EPOCH);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
