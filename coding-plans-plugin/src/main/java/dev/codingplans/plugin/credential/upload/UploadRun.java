package dev.codingplans.plugin.credential.upload;

import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import dev.codingplans.plugin.vault.Vault.UndecipherableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload under way on this node. Some threads prove its lines, one by one; this one notes what
 * they find out, which renews the lease, and ends the upload when nothing is left.
 */
final class UploadRun {

  private static final Logger LOG = LoggerFactory.getLogger(UploadRun.class);

  /** How long it takes at most until what was found out is seen. */
  private static final Duration TICK = Duration.ofMillis(500);

  /** How old a lease may be while nothing is found out. */
  private static final Duration RENEWAL = UploadLeases.LENGTH.dividedBy(3);

  /** How long nothing may be found out; longer than any line takes at a provider that is slow. */
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  private final LeasedUpload upload;
  private final Proof proof;
  private final Vault vault;
  private final UploadSteps steps;
  private final UploadEnd end;
  private final StopSignal stop;
  private final Duration longestSilence;
  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private final List<Verdict> unnoted = new ArrayList<>();

  UploadRun(
      LeasedUpload upload,
      Proof proof,
      Vault vault,
      UploadSteps steps,
      UploadEnd end,
      StopSignal stop,
      Duration longestSilence) {
    this.upload = upload;
    this.proof = proof;
    this.vault = vault;
    this.steps = steps;
    this.end = end;
    this.stop = stop;
    this.longestSilence = longestSilence;
  }

  /** Proves the lines on these threads; returns when there is nothing more to do here. */
  void run(List<KeptLine> lines, ExecutorService threads) throws InterruptedException {
    var queue = new ConcurrentLinkedQueue<>(lines);
    var workers = new ArrayList<Future<?>>();
    try {
      for (int i = 0; i < Math.min(Proofs.MOST_AT_ONCE, lines.size()); i++) {
        workers.add(threads.submit(() -> prove(queue)));
      }
      follow(lines.size());
    } finally {
      queue.clear();
      workers.forEach(worker -> worker.cancel(true));
    }
  }

  private void prove(Queue<KeptLine> queue) {
    try {
      for (var line = queue.poll(); line != null; line = queue.poll()) {
        verdicts.add(new Verdict(line.line(), outcomeOf(line)));
      }
    } catch (InterruptedException e) {
      // Nobody waits for the rest any more.
      Thread.currentThread().interrupt();
    }
  }

  private Outcome outcomeOf(KeptLine line) throws InterruptedException {
    try {
      return proof.of(
          vault.decrypt(line.ciphertext(), Place.ofUploadLine(line.id(), upload.provider())));
    } catch (UndecipherableException e) {
      LOG.warn("Upload {}: {} cannot be read; nobody can be asked about it.", upload.id(), line);
      return Outcome.UNREACHABLE;
    } catch (RuntimeException | Error e) {
      // Each line has an outcome, or the upload has no end. The message may quote the key.
      LOG.error("Upload {}: {} cannot be proven: {}.", upload.id(), line, e.getClass().getName());
      return Outcome.UNREACHABLE;
    }
  }

  /**
   * A database that is away for a moment is tried again while the lease lasts. A run that finds
   * nothing out any more lets the lease end, so that another one goes on, but not for ever.
   */
  private void follow(int lines) throws InterruptedException {
    var left = lines;
    var renewedAt = System.nanoTime();
    var heardAt = renewedAt;
    while (!stop.isGiven()) {
      if (collect(left)) {
        heardAt = System.nanoTime();
      } else if (System.nanoTime() - heardAt >= longestSilence.toNanos()) {
        LOG.error("Upload {}: nothing was found out for {}.", upload.id(), longestSilence);
        return;
      }
      try {
        if (unnoted.size() == left) {
          end.end(upload, unnoted);
          return;
        }
        if (isWorthNoting(renewedAt)) {
          var asked = System.nanoTime();
          if (!steps.note(upload, unnoted)) {
            return;
          }
          renewedAt = asked;
          left -= unnoted.size();
          unnoted.clear();
        }
      } catch (RuntimeException e) {
        requireMoment(e, renewedAt);
        stop.await(TICK);
      }
    }
    steps.giveBack(upload, unnoted);
  }

  private boolean isWorthNoting(long renewedAt) {
    return !unnoted.isEmpty() || System.nanoTime() - renewedAt >= RENEWAL.toNanos();
  }

  /** Waits for a tick, or until all that is left is found out; tells whether anything was. */
  private boolean collect(int left) throws InterruptedException {
    var before = unnoted.size();
    var deadline = System.nanoTime() + TICK.toNanos();
    while (unnoted.size() < left) {
      var verdict = verdicts.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (verdict == null) {
        break;
      }
      unnoted.add(verdict);
    }
    return unnoted.size() > before;
  }

  private static void requireMoment(RuntimeException failure, long renewedAt) {
    var held = System.nanoTime() - renewedAt < UploadLeases.LENGTH.toNanos();
    if (!held || !SqlState.isMomentary(failure)) {
      throw failure;
    }
  }
}
