package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.audit.Audited.Moment;
import dev.codingplans.plugin.vault.KeyId;
import dev.codingplans.plugin.vault.rotation.FailedRow;
import dev.codingplans.plugin.vault.rotation.Rotation;
import dev.codingplans.plugin.vault.rotation.Rotation.Last;
import dev.codingplans.plugin.vault.rotation.Rotation.Progress;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has everything encrypted under the primary key. */
@Controller("/admin/api/encryption")
@ExecuteOn(TaskExecutors.BLOCKING)
class EncryptionController {

  private final Rotation rotation;

  EncryptionController(Rotation rotation) {
    this.rotation = rotation;
  }

  /** Begins, and answers at once; asking again while it runs is harmless. */
  @Audited(value = "encryption.rotate", target = "encryption", written = Moment.BEFORE_IT_BEGINS)
  @Post("/rotate")
  @Status(HttpStatus.ACCEPTED)
  RotationView rotate() {
    rotation.begin();
    return progress();
  }

  /** Tells how far the last rotation is, and which keys nothing needs any more. */
  @Get("/rotate")
  RotationView progress() {
    return RotationView.of(rotation.progress());
  }

  /**
   * A rotation, and the keys. Keys are named by their numbers in the keyset; times are real ones.
   *
   * @param state {@code idle} before the first, {@code running}, {@code done}
   * @param primaryKeyId the key that the node which answers encrypts under
   * @param keyIds the keys of that node, oldest first
   * @param keysInUse the keys that something is encrypted under
   * @param retirableKeyIds the keys of that node that can be taken out of the keyset
   * @param total how many rows were or are to be encrypted anew
   * @param failed rows that cannot be read and stay as they are, at most a hundred
   */
  record RotationView(
      String state,
      long primaryKeyId,
      List<Long> keyIds,
      List<Long> keysInUse,
      List<Long> retirableKeyIds,
      long total,
      long done,
      List<FailedRow> failed,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {

    static RotationView of(Progress progress) {
      var last = progress.last();
      return new RotationView(
          last.map(RotationView::state).orElse("idle"),
          progress.primary().unsigned(),
          numbers(progress.keyset()),
          numbers(progress.inUse()),
          numbers(progress.retirable()),
          last.map(Last::total).orElse(0L),
          last.map(Last::done).orElse(0L),
          last.map(Last::failed).orElse(List.of()),
          last.map(Last::startedAt).orElse(null),
          last.flatMap(Last::finishedAt).orElse(null));
    }

    private static String state(Last last) {
      return last.running() ? "running" : "done";
    }

    private static List<Long> numbers(List<KeyId> keys) {
      return keys.stream().map(KeyId::unsigned).toList();
    }
  }
}
