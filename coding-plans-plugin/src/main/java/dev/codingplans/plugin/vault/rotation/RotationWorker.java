package dev.codingplans.plugin.vault.rotation;

import dev.codingplans.plugin.time.RegularWork;
import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.rotation.RotationBatch.BatchResult;
import dev.codingplans.plugin.vault.rotation.RotationBatch.LostLeaseException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is left of a rotation, whichever node began it. It looks through all tables until there
 * is nothing to do: rows may be written under the old key meanwhile.
 */
@Singleton
public class RotationWorker {

  private static final Logger LOG = LoggerFactory.getLogger(RotationWorker.class);

  private static final UUID FIRST = new UUID(0, 0);
  private static final Duration POLL = Duration.ofSeconds(5);

  private final RotationRows rotation;
  private final RotationBatch batch;
  private final KeyId key;
  private final RegularWork work = new RegularWork("rotation", POLL, this::rotateIfAsked);

  RotationWorker(RotationRows rotation, RotationBatch batch, Keyset keyset) {
    this.rotation = rotation;
    this.batch = batch;
    this.key = keyset.primaryKeyId();
  }

  /** Starts to look for rotations. */
  public void start() {
    work.start();
  }

  /** Says that there may be something to do. */
  void wake() {
    work.wake();
  }

  private void rotateIfAsked() {
    if (rotation.isWanted(key) && rotation.claim(key)) {
      try {
        rotate();
      } catch (LostLeaseException e) {
        LOG.warn("Another node goes on with the rotation.");
      }
    }
  }

  private void rotate() {
    var pass = pass();
    while (pass.replaced() > 0 && !work.isStopping()) {
      pass = pass();
    }
    if (work.isStopping()) {
      rotation.release();
    } else if (pass.passedOver() == 0) {
      rotation.finish(key);
      LOG.info("Everything that can be read is encrypted under key {}.", key);
    }
  }

  private Pass pass() {
    var pass = new Pass(0, 0);
    for (CiphertextColumn column : CiphertextColumn.ALL) {
      var result = batch.rotateFrom(column, FIRST);
      pass = pass.and(result);
      while (result.more() && !work.isStopping()) {
        result = batch.rotateFrom(column, result.last());
        pass = pass.and(result);
      }
    }
    return pass;
  }

  /** Whatever is under way ends after its batch. */
  @PreDestroy
  void stop() {
    work.stop();
  }

  /** What a look through all tables did. */
  private record Pass(long replaced, long passedOver) {

    Pass and(BatchResult result) {
      return new Pass(replaced + result.replaced(), passedOver + result.passedOver());
    }
  }
}
