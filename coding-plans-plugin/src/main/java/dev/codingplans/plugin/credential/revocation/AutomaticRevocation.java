package dev.codingplans.plugin.credential.revocation;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.provider.CredentialRevoker;
import dev.codingplans.plugin.provider.Revocation;
import dev.codingplans.plugin.provider.Revocation.NotRevoked;
import dev.codingplans.plugin.provider.Revocation.Revoked;
import dev.codingplans.plugin.time.RegularWork;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ends credentials at providers that can be asked to, outside any transaction (V4). A call whose
 * outcome nobody learnt is made again: to end what is ended changes nothing.
 */
@Singleton
public class AutomaticRevocation {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int MOST_AT_ONCE = 4;

  /** Shorter than a lease. */
  private static final Duration MAX_CALL = Duration.ofSeconds(10);

  /** Of one run; the next comes soon. */
  private static final int MOST_ROUNDS = 1_000;

  private final RevocationQueue queue;
  private final Map<ProviderId, CredentialRevoker> revokers;
  private final RegularWork work = new RegularWork("revocation", INTERVAL, this::run);
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("coding-plans-revocation-", 0).factory());

  AutomaticRevocation(RevocationQueue queue, List<CredentialRevoker> revokers) {
    this.queue = queue;
    this.revokers =
        revokers.stream()
            .collect(
                Collectors.toUnmodifiableMap(CredentialRevoker::provider, Function.identity()));
  }

  /** Begins, if there is a provider that can be asked. */
  public void start() {
    if (!revokers.isEmpty()) {
      work.start();
    }
  }

  @PreDestroy
  void stop() {
    work.stop();
    calls.shutdownNow();
  }

  /** Asks for all that is due. */
  void run() {
    for (int i = 0; i < MOST_ROUNDS && !work.isStopping() && runRound() > 0; i++) {
      // What a round has asked for is not due any more.
    }
  }

  private int runRound() {
    var due = queue.claim(List.copyOf(revokers.keySet()), MOST_AT_ONCE);
    var asked = due.stream().<Callable<Revocation>>map(each -> () -> ask(each)).toList();
    try {
      var answers = calls.invokeAll(asked, MAX_CALL.toMillis(), TimeUnit.MILLISECONDS);
      for (int i = 0; i < answers.size(); i++) {
        record(due.get(i), answers.get(i));
      }
    } catch (InterruptedException e) {
      // What was claimed is due again when its lease is over.
      Thread.currentThread().interrupt();
      return 0;
    }
    return due.size();
  }

  private Revocation ask(DueRevocation due) {
    var revoker = revokers.get(due.provider());
    return revoker == null
        ? new NotRevoked("nobody can ask this provider")
        : revoker.revoke(due.upstreamPlanId());
  }

  private void record(DueRevocation due, Future<Revocation> answer) throws InterruptedException {
    switch (outcomeOf(answer)) {
      case Revoked revoked -> queue.revoked(due);
      case NotRevoked failure -> queue.notRevoked(due, failure.reason());
    }
  }

  /** Of a failure only its kind is told: messages may quote what was answered. */
  private static Revocation outcomeOf(Future<Revocation> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException e) {
      return new NotRevoked("no answer within " + MAX_CALL.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      return new NotRevoked(
          e.getCause() == null ? "it failed" : e.getCause().getClass().getSimpleName());
    }
  }
}
