package dev.codingplans.plugin.credential.upload;

import java.util.List;
import java.util.UUID;

/**
 * How far an upload is.
 *
 * @param state {@code running} or {@code done}
 * @param total how many lines it has
 * @param stored how many of them are stored; none before it is done
 * @param lines those that are done with, in their order
 */
public record UploadProgress(UUID id, String state, int total, int stored, List<UploadLine> lines) {

  /** Returns how many lines are proven so far. */
  public long verified() {
    return lines.stream().filter(UploadLine::isProven).count();
  }
}
