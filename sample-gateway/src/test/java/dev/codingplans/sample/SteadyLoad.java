package dev.codingplans.sample;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Requests at a steady rate, whatever becomes of those before; each is to be answered with 200. */
final class SteadyLoad implements AutoCloseable {

  private final List<Supplier<HttpResponse<String>>> requests;
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  SteadyLoad(int perSecond, List<Supplier<HttpResponse<String>>> requests) {
    this.requests = requests;
    clock.scheduleAtFixedRate(
        () -> threads.execute(this::send),
        0,
        Duration.ofSeconds(1).dividedBy(perSecond).toNanos(),
        TimeUnit.NANOSECONDS);
  }

  private void send() {
    var request = requests.get(sent.getAndIncrement() % requests.size());
    var before = System.nanoTime();
    try {
      var answer = request.get();
      if (answer.statusCode() != 200) {
        failures.add(answer.statusCode() + " " + answer.body());
      }
    } catch (RuntimeException e) {
      failures.add(e.toString());
    }
    nanos.add(System.nanoTime() - before);
  }

  int answered() {
    return nanos.size();
  }

  /** Ends it, and returns what was not answered as it should be. */
  List<String> end() throws InterruptedException {
    clock.shutdown();
    threads.shutdown();
    if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
      failures.add("not answered within a minute");
    }
    return List.copyOf(failures);
  }

  /** Says how long the requests took. */
  String times() {
    return Percentiles.of(nanos);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    threads.shutdownNow();
  }
}
