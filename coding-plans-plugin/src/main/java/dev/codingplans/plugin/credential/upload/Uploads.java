package dev.codingplans.plugin.credential.upload;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.TOO_MANY_REQUESTS;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.TransactionDefinition.Isolation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Takes what an admin uploads, and tells how far it is (I1 to I3). The provider is asked after that
 * by whichever node comes to it.
 */
@Singleton
public class Uploads {

  /** Of all nodes, give or take those that are taken at the same moment. */
  private static final int MOST_RUNNING = 100;

  private final Catalog catalog;
  private final Triage triage;
  private final UploadRepository uploads;
  private final UploadLines lines;
  private final ApplicationEventPublisher<UploadTaken> taken;

  Uploads(
      Catalog catalog,
      Triage triage,
      UploadRepository uploads,
      UploadLines lines,
      ApplicationEventPublisher<UploadTaken> taken) {
    this.catalog = catalog;
    this.triage = triage;
    this.uploads = uploads;
    this.lines = lines;
    this.taken = taken;
  }

  /** Takes an upload and returns its id, before any line of it is proven. */
  @Transactional
  public UUID take(Upload upload) {
    requirePlanOf(upload);
    requireRoom();
    var sorted = triage.sort(upload);
    var id = UUID.randomUUID();
    uploads.add(id, upload.provider(), upload.plan(), upload.mode().code(), upload.dryRun());
    lines.addJudged(id, sorted.judged());
    lines.addKept(id, sorted.kept());
    taken.publishEvent(new UploadTaken());
    return id;
  }

  /** Returns how far an upload is. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public UploadProgress progressOf(UUID id) {
    var upload =
        uploads.find(id).orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such upload."));
    return new UploadProgress(
        id, upload.state(), upload.total(), upload.stored(), uploads.finishedLines(id));
  }

  private void requirePlanOf(Upload upload) {
    var plan =
        catalog
            .findCredentialPlan(upload.plan())
            .orElseThrow(
                () ->
                    new Refusal(
                        UNKNOWN_PLAN, "There is no credential plan " + upload.plan() + "."));
    if (!plan.providerId().equals(upload.provider())) {
      throw Refusal.invalid("planId", "it is a plan of provider " + plan.providerId());
    }
  }

  private void requireRoom() {
    if (uploads.countRunning() >= MOST_RUNNING) {
      throw new Refusal(
          TOO_MANY_REQUESTS, "Too many uploads are running. Try again when some have ended.");
    }
  }
}
