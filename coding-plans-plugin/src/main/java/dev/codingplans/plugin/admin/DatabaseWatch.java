package dev.codingplans.plugin.admin;

import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.plugin.time.RegularWork;
import dev.codingplans.plugin.time.TimeSource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/** Shows whether the database answers those who buy and administrate on this node. */
@Singleton
public class DatabaseWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final TimeSource time;
  private final RegularWork work = new RegularWork("database-watch", INTERVAL, this::look);
  private volatile boolean answers = true;

  DatabaseWatch(TimeSource time, Meters meters) {
    this.time = time;
    meters.gauge("database.up", Map.of(), () -> answers ? 1 : 0);
  }

  public void start() {
    work.start();
  }

  /** The time is the cheapest question that goes through the pool and to the server. */
  private void look() {
    var answered = false;
    try {
      var unused = time.now();
      answered = true;
    } finally {
      answers = answered;
    }
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
