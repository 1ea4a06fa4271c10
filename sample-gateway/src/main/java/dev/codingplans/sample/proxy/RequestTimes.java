package dev.codingplans.sample.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The server's own figure of requests and their times, for those that its filter never sees. */
@Singleton
final class RequestTimes {

  private static final String NAME = "http.server.requests";

  private final MeterRegistry meters;
  private final ConcurrentMap<Outcome, Timer> timers = new ConcurrentHashMap<>();

  RequestTimes(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A call that began at that time has its answer. */
  void answered(String path, int status, long sinceNanos) {
    timers
        .computeIfAbsent(new Outcome(path, status), this::timer)
        .record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Outcome outcome) {
    return Timer.builder(NAME)
        .tag("method", "POST")
        .tag("uri", outcome.path())
        .tag("status", Integer.toString(outcome.status()))
        .tag("exception", "none")
        .register(meters);
  }

  private record Outcome(String path, int status) {}
}
