package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.event.EventsAppended;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;

/** The delivery of events on this node, with a worker for each recipient (F2). */
@Singleton
public class Deliveries {

  private final Recipients recipients;
  private final List<DeliveryWorker> workers;
  private final EventRetention retention;

  Deliveries(
      Recipients recipients,
      DeliveryQueue queue,
      DeliveryList list,
      EventRetention retention,
      Meters meters) {
    this.recipients = recipients;
    this.workers =
        recipients.all().stream()
            .map(each -> worker(each, queue, new DeliveryMeters(meters, list, each.name())))
            .toList();
    this.retention = retention;
  }

  private static DeliveryWorker worker(
      Recipient recipient, DeliveryQueue queue, DeliveryMeters meters) {
    return new DeliveryWorker(
        recipient, new DeliveryRecord(recipient.name(), queue, meters), queue, meters);
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
    workers.forEach(DeliveryWorker::awaitEnd);
    recipients.close();
  }
}
