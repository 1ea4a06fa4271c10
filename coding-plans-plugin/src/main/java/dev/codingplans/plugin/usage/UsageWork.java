package dev.codingplans.plugin.usage;

import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Charges what was accepted, again and again, on every node. */
@Singleton
class UsageWork {

  private final RegularWork work;

  UsageWork(UsageCharging charging, UsageSettings settings) {
    this.work = new RegularWork("usage", settings.interval(), charging::runAgain);
  }

  void start() {
    work.startInTime();
  }

  @PreDestroy
  void stop() {
    work.stop();
  }
}
