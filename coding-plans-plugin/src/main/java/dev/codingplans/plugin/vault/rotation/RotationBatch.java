package dev.codingplans.plugin.vault.rotation;

import static dev.codingplans.plugin.vault.rotation.Ciphertexts.DATA_SOURCE;

import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.Vault;
import dev.codingplans.plugin.vault.Vault.UndecipherableException;
import dev.codingplans.plugin.vault.rotation.Ciphertexts.Replacement;
import dev.codingplans.plugin.vault.rotation.Ciphertexts.Resting;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction of a rotation: some rows of one table, encrypted anew. */
@Singleton
class RotationBatch {

  private static final Logger LOG = LoggerFactory.getLogger(RotationBatch.class);

  private static final int SIZE = 500;

  private final Ciphertexts ciphertexts;
  private final RotationRows rotation;
  private final Vault vault;
  private final KeyId key;

  RotationBatch(Ciphertexts ciphertexts, RotationRows rotation, Vault vault, Keyset keyset) {
    this.ciphertexts = ciphertexts;
    this.rotation = rotation;
    this.vault = vault;
    this.key = keyset.primaryKeyId();
  }

  /**
   * Handles the next rows from the id on.
   *
   * @throws LostLeaseException if another node has taken over
   */
  @Transactional(DATA_SOURCE)
  public BatchResult rotateFrom(CiphertextColumn column, UUID from) {
    var rows = ciphertexts.readBut(column, key, from, SIZE);
    if (rows.isEmpty()) {
      return new BatchResult(from, 0, 0, false);
    }
    var replacements = new ArrayList<Replacement>();
    var failed = new ArrayList<UUID>();
    for (Resting row : rows) {
      try {
        replacements.add(
            new Replacement(
                row.id(), row.ciphertext(), vault.reencrypt(row.ciphertext(), row.place())));
      } catch (UndecipherableException e) {
        failed.add(row.id());
      }
    }
    var replaced = ciphertexts.replace(column, replacements);
    note(column, failed);
    if (!rotation.advance(key, replaced)) {
      throw new LostLeaseException();
    }
    return new BatchResult(
        rows.getLast().id(), replaced, replacements.size() - replaced, rows.size() == SIZE);
  }

  private void note(CiphertextColumn column, List<UUID> failed) {
    if (!failed.isEmpty()) {
      rotation
          .noteFailures(column, failed)
          .forEach(row -> LOG.error("The key of {} {} cannot be read.", column.table(), row));
    }
  }

  /**
   * What a batch did.
   *
   * @param last the id of the last row that was read
   * @param passedOver rows that others held or changed meanwhile
   * @param more whether there may be rows after the last
   */
  record BatchResult(UUID last, int replaced, int passedOver, boolean more) {}

  /** Thrown so that a batch is rolled back whose node has been thought dead. */
  static final class LostLeaseException extends RuntimeException {

    LostLeaseException() {
      super("another node has taken over the rotation", null, false, false);
    }
  }
}
