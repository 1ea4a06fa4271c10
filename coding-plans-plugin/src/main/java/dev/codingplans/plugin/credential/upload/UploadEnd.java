package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.credential.NewCredential;
import dev.codingplans.plugin.credential.StockIntake;
import dev.codingplans.plugin.credential.upload.Upload.Mode;
import dev.codingplans.plugin.time.TimeSource;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * The one transaction that ends an upload: it stores all that is to be stored, erases what was kept
 * for that, and says so.
 */
@Singleton
class UploadEnd {

  private final UploadLeases leases;
  private final UploadLines lines;
  private final EndingLines ending;
  private final StockIntake intake;
  private final Vault vault;
  private final TimeSource time;

  UploadEnd(
      UploadLeases leases,
      UploadLines lines,
      EndingLines ending,
      StockIntake intake,
      Vault vault,
      TimeSource time) {
    this.leases = leases;
    this.lines = lines;
    this.ending = ending;
    this.intake = intake;
    this.vault = vault;
    this.time = time;
  }

  /** Ends the upload with what was found out at last, unless it is not this node's any more. */
  @Transactional
  public void end(LeasedUpload upload, List<Verdict> verdicts) {
    if (leases.hold(upload)) {
      lines.judge(upload.id(), verdicts);
      close(upload, upload.dryRun() ? 0 : store(upload));
    }
  }

  /**
   * Ends an upload that comes to no end: what is not known by now stays so, and nothing is stored.
   */
  @Transactional
  public void giveUp(LeasedUpload upload) {
    if (leases.hold(upload)) {
      ending.giveUpUnjudged(upload.id());
      close(upload, 0);
    }
  }

  /** Returns how many are stored. */
  private int store(LeasedUpload upload) {
    if (refuses(upload)) {
      return 0;
    }
    intake.awaitTurn();
    var good = ending.good(upload.id());
    var known = intake.knownAmong(good.stream().map(GoodLine::fingerprint).toList());
    ending.markDuplicates(upload.id(), known);
    if (refuses(upload)) {
      return 0;
    }
    var stored =
        good.stream()
            .filter(line -> !known.contains(line.fingerprint()))
            .map(line -> credential(upload, line))
            .toList();
    intake.store(upload.provider(), upload.plan(), stored, time.now());
    return stored.size();
  }

  private boolean refuses(LeasedUpload upload) {
    return upload.mode() == Mode.ALL_OR_NOTHING && ending.anyIsBad(upload.id());
  }

  private NewCredential credential(LeasedUpload upload, GoodLine good) {
    var line = good.line();
    var key = vault.decrypt(line.ciphertext(), Place.ofUploadLine(line.id(), upload.provider()));
    var id = UUID.randomUUID();
    return new NewCredential(
        id,
        line.upstreamPlanId(),
        line.fingerprint(),
        vault.encrypt(key, Place.ofCredential(id, upload.provider())),
        good.isProven());
  }

  private void close(LeasedUpload upload, int stored) {
    ending.close(upload.id(), stored > 0);
    leases.end(upload, stored);
  }
}
