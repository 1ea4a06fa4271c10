package dev.codingplans.plugin.http.audit;

import dev.codingplans.plugin.audit.AuditEntry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what admins tried in vain. The answer waits for it, but not for long: the attempt may
 * have failed because the database is away.
 */
@Singleton
class FailedAttempts {

  private static final Logger LOG = LoggerFactory.getLogger(FailedAttempts.class);

  private static final int MOST_AT_ONCE = 16;
  private static final Duration MAX_WAIT = Duration.ofMillis(500);
  private static final Duration MAX_STOP = Duration.ofSeconds(5);

  private final CallEntries entries;
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("coding-plans-audit-", 0).factory());

  FailedAttempts(CallEntries entries) {
    this.entries = entries;
  }

  void write(AuditedCall call, AuditEntry entry) {
    if (!slots.tryAcquire()) {
      sayLost(entry, "too many at once");
      return;
    }
    var writing = threads.submit(() -> append(call, entry));
    try {
      writing.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("An entry of the audit log takes its time.");
    } catch (ExecutionException e) {
      sayLost(entry, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(AuditedCall call, AuditEntry entry) {
    try {
      entries.append(call, entry);
    } catch (RuntimeException e) {
      sayLost(entry, e.getClass().getSimpleName());
    } finally {
      slots.release();
    }
  }

  private static void sayLost(AuditEntry entry, String reason) {
    LOG.error(
        "A failed {} ({}) is not in the audit log: {} [correlation id {}]",
        entry.action(),
        entry.outcome(),
        reason,
        entry.correlationId());
  }

  @PreDestroy
  void stop() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Entries of the audit log are still being written.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
