package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.event.EventsAppended;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The delivery of events on this node, with a worker for each recipient (F2). */
@Singleton
public class Deliveries {

  private static final Duration MAX_FINISH = Duration.ofSeconds(2);

  private final List<DeliveryWorker> workers;
  private final EventRetention retention;

  Deliveries(
      Recipients recipients,
      DeliveryQueue queue,
      DeliveryOutcomes outcomes,
      DeliveryList list,
      EventRetention retention,
      Meters meters) {
    this.workers =
        recipients.all().stream()
            .map(
                each ->
                    worker(each, queue, outcomes, new DeliveryMeters(meters, list, each.name())))
            .toList();
    this.retention = retention;
  }

  private static DeliveryWorker worker(
      Recipient recipient, DeliveryQueue queue, DeliveryOutcomes outcomes, DeliveryMeters meters) {
    var record = new DeliveryRecord(recipient.name(), outcomes, meters);
    return new DeliveryWorker(recipient, record, queue, meters);
  }

  /** Starts to deliver. */
  public void start() {
    workers.forEach(DeliveryWorker::start);
    retention.start();
  }

  @TransactionalEventListener
  void onAppended(EventsAppended appended) {
    workers.forEach(DeliveryWorker::wake);
  }

  @PreDestroy
  void stop() {
    workers.forEach(DeliveryWorker::askToStop);
    retention.stop();
    var deadline = System.nanoTime() + MAX_FINISH.toNanos();
    workers.forEach(worker -> worker.awaitEnd(deadline));
  }
}
