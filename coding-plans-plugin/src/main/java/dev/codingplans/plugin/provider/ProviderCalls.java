package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.provider.BoundedBody.TooLargeException;
import dev.codingplans.plugin.provider.ProviderAnswer.Answered;
import dev.codingplans.plugin.provider.ProviderAnswer.NoAnswer;
import dev.codingplans.plugin.provider.ProviderAnswer.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one client of all providers: direct, without redirects, and bounded in time, size and number.
 * Nothing is thrown and nothing logged, because what fails may quote the key.
 */
@Singleton
public final class ProviderCalls {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderCalls.class);

  /** How long a call takes at most, from the wait for its turn to the end of the body. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private static final int MOST_AT_ONCE = 64;
  private static final int FIRST_FAILURE_OF_THE_PROVIDER = 500;

  private final ProviderBreakers breakers;
  private final ProviderMeters meters;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(MAX_WAIT)
          .build();

  ProviderCalls(ProviderBreakers breakers, ProviderMeters meters) {
    this.breakers = breakers;
    this.meters = meters;
  }

  /** Asks the provider and waits for what it says, unless it failed too often just now. */
  public ProviderAnswer send(ProviderId provider, HttpRequest request) {
    var answer = unlessPaused(provider, request);
    meters.count(provider, answer);
    return answer;
  }

  private ProviderAnswer unlessPaused(ProviderId provider, HttpRequest request) {
    var breaker = breakers.of(provider);
    if (!breaker.tryAcquirePermission()) {
      return new NoAnswer(Reason.PAUSED);
    }
    var started = System.nanoTime();
    var answer = inTurn(request, started + MAX_WAIT.toNanos());
    var took = System.nanoTime() - started;
    switch (verdictOn(answer)) {
      case WORKED -> breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      case FAILED -> breaker.onError(took, TimeUnit.NANOSECONDS, new ProviderFailure());
      case UNKNOWN -> breaker.releasePermission();
    }
    return answer;
  }

  private ProviderAnswer inTurn(HttpRequest request, long deadline) {
    try {
      if (!turns.tryAcquire(left(deadline), TimeUnit.NANOSECONDS)) {
        return new NoAnswer(Reason.TIMEOUT);
      }
      try {
        return exchange(request, deadline);
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NoAnswer(Reason.STOPPED);
    }
  }

  private ProviderAnswer exchange(HttpRequest request, long deadline) throws InterruptedException {
    // On a thread of its own, because the client bounds the wait for a head, but not for a body.
    var exchange = new FutureTask<>(() -> http.send(request, head -> new BoundedBody()));
    Thread.startVirtualThread(exchange);
    try {
      var answer = exchange.get(left(deadline), TimeUnit.NANOSECONDS);
      return new Answered(answer.statusCode(), answer.body());
    } catch (TimeoutException e) {
      return new NoAnswer(Reason.TIMEOUT);
    } catch (ExecutionException e) {
      return new NoAnswer(reasonOf(e));
    } finally {
      // An answer that does not end in time would keep its connection.
      exchange.cancel(true);
    }
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }

  private static Reason reasonOf(ExecutionException failure) {
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLargeException) {
        return Reason.TOO_LARGE;
      }
    }
    return Reason.BROKEN;
  }

  private static Verdict verdictOn(ProviderAnswer answer) {
    return switch (answer) {
      case Answered answered ->
          answered.status() >= FIRST_FAILURE_OF_THE_PROVIDER ? Verdict.FAILED : Verdict.WORKED;
      case NoAnswer none ->
          switch (none.reason()) {
            case TIMEOUT, BROKEN -> Verdict.FAILED;
            case TOO_LARGE -> Verdict.WORKED;
            case PAUSED, STOPPED -> Verdict.UNKNOWN;
          };
    };
  }

  /** Ends the calls that are still open, and the client's threads. */
  @PreDestroy
  void close() throws InterruptedException {
    http.shutdownNow();
    if (!http.awaitTermination(MAX_WAIT)) {
      LOG.warn("The calls of providers did not end within {}.", MAX_WAIT);
    }
  }

  /** What a call tells of the provider, whatever it tells of the key. */
  private enum Verdict {
    WORKED,
    FAILED,
    UNKNOWN
  }

  /** What a breaker is told: that it failed, and no more. */
  private static final class ProviderFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    ProviderFailure() {
      super("the provider failed", null, false, false);
    }
  }
}
