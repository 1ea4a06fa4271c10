package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.credential.upload.UploadLine;
import java.util.List;
import java.util.UUID;

/**
 * How far an upload is.
 *
 * @param stored how many lines are stored; none before it is done
 * @param lines those that are done with, in their order
 */
record UploadFacts(
    UUID id,
    String providerId,
    String planId,
    String mode,
    boolean dryRun,
    String state,
    int stored,
    int total,
    List<UploadLine> lines) {

  boolean isDone() {
    return state.equals("done");
  }
}
