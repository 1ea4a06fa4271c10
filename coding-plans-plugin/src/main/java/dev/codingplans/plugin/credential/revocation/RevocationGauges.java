package dev.codingplans.plugin.credential.revocation;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.credential.revocation.RevocationBacklog.Backlog;
import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Shows what waits to be ended at the providers, and for how long. */
@Singleton
public class RevocationGauges {

  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final RevocationBacklog reader;
  private final Meters meters;
  private final RegularWork work = new RegularWork("revocation-figures", INTERVAL, this::look);
  private volatile Backlog backlog = Backlog.NONE;

  RevocationGauges(RevocationBacklog reader, Meters meters) {
    this.reader = reader;
    this.meters = meters;
  }

  public void start() {
    gauge("revocations.pending", Backlog::pending);
    gauge("revocations.failed", Backlog::failed);
    gauge("revocations.overdue", Backlog::overdue);
    gauge("revocations.oldest.age.seconds", Backlog::oldestAgeSeconds);
    work.start();
  }

  private void gauge(String name, ToLongFunction<Backlog> value) {
    meters.gauge(name, Map.of(), () -> value.applyAsLong(backlog));
  }

  private void look() {
    backlog = reader.read();
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
