package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.vault.Vault;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings uploads to their end on this node, together with the workers of other nodes: those that
 * were taken here at once, those that others have left behind when it looks for them.
 */
@Singleton
public class UploadWorker {

  private static final Logger LOG = LoggerFactory.getLogger(UploadWorker.class);

  private static final int MOST_AT_ONCE = 8;

  /** An upload that so many nodes could not end breaks them. */
  private static final int MOST_LEASES = 20;

  private static final Duration AFTER_A_FAILURE = Duration.ofMillis(250);
  private static final Duration MAX_STOP = Duration.ofSeconds(10);

  private final UploadLeases leases;
  private final UploadLines lines;
  private final UploadSteps steps;
  private final UploadEnd end;
  private final Proofs proofs;
  private final Vault vault;
  private final UploadSettings settings;
  private final StopSignal stop = new StopSignal();
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
  private final Semaphore calls = new Semaphore(0);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("coding-plans-upload-", 0).factory());
  private final Thread thread =
      Thread.ofPlatform().name("coding-plans-uploads").daemon().unstarted(this::run);
  private volatile boolean full;
  private boolean blind;

  UploadWorker(
      UploadLeases leases,
      UploadLines lines,
      UploadSteps steps,
      UploadEnd end,
      Proofs proofs,
      Vault vault,
      UploadSettings settings) {
    this.leases = leases;
    this.lines = lines;
    this.steps = steps;
    this.end = end;
    this.proofs = proofs;
    this.vault = vault;
    this.settings = settings;
  }

  /** Starts, with what was left behind. */
  public void start() {
    thread.start();
  }

  @TransactionalEventListener
  void onTaken(UploadTaken taken) {
    calls.release();
  }

  private void run() {
    try {
      while (!stop.isGiven()) {
        calls.drainPermits();
        if (!startNext()) {
          var pause = blind ? AFTER_A_FAILURE : settings.interval();
          calls.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts one upload; false if there is none, or no room for it. */
  private boolean startNext() {
    full = true;
    if (!slots.tryAcquire()) {
      return false;
    }
    full = false;
    var started = false;
    try {
      var upload = leases.claim();
      blind = false;
      upload.ifPresent(each -> threads.execute(() -> bringToItsEnd(each)));
      started = upload.isPresent();
    } catch (RuntimeException e) {
      sayBlind(e);
    } finally {
      if (!started) {
        slots.release();
      }
    }
    return started;
  }

  private void bringToItsEnd(LeasedUpload upload) {
    try {
      if (upload.lease() > MOST_LEASES) {
        LOG.error("Upload {} was begun too often; it ends with what is known.", upload.id());
        end.giveUp(upload);
      } else {
        var proof = proofs.of(upload.provider(), upload.plan(), stop);
        new UploadRun(upload, proof, vault, steps, end, stop, UploadRun.LONGEST_SILENCE)
            .run(lines.unjudged(upload.id()), threads);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("Upload {} cannot go on now; a node tries again later.", upload.id(), e);
    } finally {
      slots.release();
      if (full) {
        calls.release();
      }
    }
  }

  /** Says it once: it is looked for again and again. */
  private void sayBlind(RuntimeException failure) {
    if (!blind) {
      LOG.warn("Uploads cannot be looked for now.", failure);
    }
    blind = true;
  }

  /** What is under way is given back, so that another node can go on with it at once. */
  @PreDestroy
  void stop() {
    stop.give();
    calls.release();
    try {
      if (thread.isAlive()) {
        thread.join(MAX_STOP);
      }
      if (!slots.tryAcquire(MOST_AT_ONCE, MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("An upload under way did not end within {}.", MAX_STOP);
      }
      threads.shutdownNow();
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
