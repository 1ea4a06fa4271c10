package dev.codingplans.plugin.credential.upload;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** The transactions of an upload under way. */
@Singleton
class UploadSteps {

  private final UploadLeases leases;
  private final UploadLines lines;

  UploadSteps(UploadLeases leases, UploadLines lines) {
    this.leases = leases;
    this.lines = lines;
  }

  /** Notes what was found out; false if the upload is not this node's any more. */
  @Transactional
  public boolean note(LeasedUpload upload, List<Verdict> verdicts) {
    if (!leases.hold(upload)) {
      return false;
    }
    lines.judge(upload.id(), verdicts);
    return true;
  }

  /** Notes what was found out, and lets any node go on at once. */
  @Transactional
  public void giveBack(LeasedUpload upload, List<Verdict> verdicts) {
    if (note(upload, verdicts)) {
      leases.giveBack(upload);
    }
  }
}
