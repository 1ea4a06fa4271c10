package dev.codingplans.plugin.billing;

import dev.codingplans.plugin.database.SqlState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces each renewal once, some days before its charge (R7). */
@Singleton
class Reminders {

  private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);

  private final ReminderBatch batch;

  Reminders(ReminderBatch batch) {
    this.batch = batch;
  }

  /** Announces all that is near; what is held or fails is left to the next sweep. */
  void send(int batchSize, BooleanSupplier stopping) {
    var next = batch.readAfter(Due.FIRST, batchSize);
    while (!next.isEmpty() && !stopping.getAsBoolean()) {
      sendAll(next);
      next = batch.readAfter(next.getLast(), batchSize);
    }
  }

  private void sendAll(List<Due> rows) {
    try {
      batch.send(rows);
    } catch (RuntimeException e) {
      if (SqlState.isConnectionFailure(e)) {
        throw e;
      }
      if (rows.size() == 1) {
        LOG.error("The renewal of subscription {} cannot be announced.", rows.getFirst().id(), e);
      } else {
        rows.forEach(row -> sendAll(List.of(row)));
      }
    }
  }
}
