package dev.codingplans.plugin.vault.rotation;

import static dev.codingplans.plugin.refusal.Refusal.Code.INVALID_STATE;
import static dev.codingplans.plugin.vault.rotation.Ciphertexts.DATA_SOURCE;

import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.Keyset;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks for everything to be encrypted under the primary key, and tells how far it is (I6). */
@Singleton
public class Rotation {

  private static final int MAX_SHOWN = 100;

  private final RotationRows rotation;
  private final Ciphertexts ciphertexts;
  private final KeyUse keys;
  private final Keyset keyset;
  private final RotationWorker worker;

  Rotation(
      RotationRows rotation,
      Ciphertexts ciphertexts,
      KeyUse keys,
      Keyset keyset,
      RotationWorker worker) {
    this.rotation = rotation;
    this.ciphertexts = ciphertexts;
    this.keys = keys;
    this.keyset = keyset;
    this.worker = worker;
  }

  /** Begins a rotation, unless it is under way. */
  public void begin() {
    beginUnlessRunning();
    worker.wake();
  }

  @Transactional(DATA_SOURCE)
  void beginUnlessRunning() {
    rotation.lock();
    var key = keyset.primaryKeyId();
    var running = rotation.find().filter(RotationRow::running);
    if (running.map(RotationRow::key).filter(key::equals).isPresent()) {
      return;
    }
    running.filter(RotationRow::leased).ifPresent(Rotation::refuse);
    rotation.begin(
        key,
        CiphertextColumn.ALL.stream().mapToLong(column -> ciphertexts.countBut(column, key)).sum());
  }

  /** Returns how far the last rotation is, and which keys are needed. */
  @Transactional(value = DATA_SOURCE, readOnly = true)
  public Progress progress() {
    return new Progress(
        keyset.primaryKeyId(),
        keyset.keyIds(),
        keys.inUse(),
        rotation.find().map(row -> new Last(row, rotation.failures(MAX_SHOWN))));
  }

  private static void refuse(RotationRow running) {
    throw new Refusal(
        INVALID_STATE,
        "Another node rotates to key "
            + running.key()
            + ", which is not the primary key here. Give all nodes the same keyset first.");
  }

  /**
   * How far it is.
   *
   * @param primary the key that this node encrypts under
   * @param keyset this node's keys, oldest first
   * @param inUse keys that something is encrypted under
   * @param last the rotation that runs or ran last
   */
  public record Progress(
      KeyId primary, List<KeyId> keyset, List<KeyId> inUse, Optional<Last> last) {

    /** Returns this node's keys that nothing needs any more. */
    public List<KeyId> retirable() {
      return keyset.stream().filter(key -> !key.equals(primary) && !inUse.contains(key)).toList();
    }
  }

  /**
   * A rotation.
   *
   * @param total how many rows it has to handle; more may come while it runs
   * @param failed the first rows that cannot be read
   */
  public record Last(
      KeyId key,
      boolean running,
      long total,
      long done,
      List<FailedRow> failed,
      Instant startedAt,
      Optional<Instant> finishedAt) {

    Last(RotationRow row, List<FailedRow> failed) {
      this(
          row.key(),
          row.running(),
          Math.max(row.total(), row.done()),
          row.done(),
          failed,
          row.startedAt(),
          row.finishedAt());
    }
  }
}
