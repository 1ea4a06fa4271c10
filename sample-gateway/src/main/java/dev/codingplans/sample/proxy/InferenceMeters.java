package dev.codingplans.sample.proxy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The figures of inference. All of them are made at the start, so that a request looks up nothing
 * but its provider and its payer, and no label can hold a user, a key or a model.
 */
@Singleton
final class InferenceMeters {

  private static final int FIRST_REFUSAL = 300;
  private static final String OK = "ok";
  private static final String NOBODY = "none";
  private static final String HOST = "host";
  private static final List<String> PAYERS = List.of("plan", "byok", "credits", HOST, NOBODY);

  private static final Duration[] OF_THE_GATEWAY =
      boundaries(TimeUnit.MICROSECONDS, 10, 50, 100, 250, 500, 1_000, 10_000, 100_000, 1_000_000);
  private static final Duration[] OF_A_PROVIDER =
      boundaries(
          TimeUnit.MILLISECONDS,
          50,
          100,
          250,
          500,
          1_000,
          2_500,
          5_000,
          10_000,
          30_000,
          60_000,
          300_000);

  private final Timer decision;
  private final Timer overhead;
  private final Map<ProviderId, Times> times;
  private final Map<String, Counts> counts;

  InferenceMeters(ProxySettings settings, MeterRegistry meters) {
    this.decision = timer("gateway.decision", OF_THE_GATEWAY).register(meters);
    this.overhead = timer("gateway.overhead", OF_THE_GATEWAY).register(meters);
    this.times =
        settings.upstreams().keySet().stream()
            .collect(
                toUnmodifiableMap(
                    Function.identity(), provider -> Times.of(provider.value(), meters)));
    this.counts =
        PAYERS.stream()
            .collect(toUnmodifiableMap(Function.identity(), payer -> Counts.of(payer, meters)));
  }

  /** Somebody was asked at that time who pays, and it is known now. */
  void decided(long sinceNanos) {
    decision.record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
  }

  /** The request goes to its provider, after the gateway has taken so long. */
  void sent(long overheadMicros) {
    overhead.record(overheadMicros, TimeUnit.MICROSECONDS);
  }

  /** The head of the provider's answer is there; the request was sent at that time. */
  void headCame(ProviderId provider, long sinceNanos) {
    var known = times.get(provider);
    if (known != null) {
      known.upstream().record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** A request that somebody pays for has its answer, which begins to go to the client. */
  void answered(Call call, ProviderId provider, Payment payment, HttpResponse<?> response) {
    var known = times.get(provider);
    if (known != null) {
      known.firstByte().record(call.elapsedMicros(), TimeUnit.MICROSECONDS);
    }
    count(payment.payer().orElse(HOST), response);
  }

  /** A request that nobody pays for has its answer. */
  void refused(HttpResponse<?> response) {
    count(NOBODY, response);
  }

  private void count(String payer, HttpResponse<?> response) {
    var known = counts.get(payer);
    if (known != null) {
      known.of(response).increment();
    }
  }

  private static Timer.Builder timer(String name, Duration... objectives) {
    return Timer.builder(name).serviceLevelObjectives(objectives);
  }

  private static Duration[] boundaries(TimeUnit unit, long... counts) {
    return LongStream.of(counts)
        .mapToObj(count -> Duration.of(count, unit.toChronoUnit()))
        .toArray(Duration[]::new);
  }

  /** What a provider takes for an answer, and what a client waits for it. */
  private record Times(Timer upstream, Timer firstByte) {

    static Times of(String provider, MeterRegistry meters) {
      return new Times(
          timer("gateway.upstream", OF_A_PROVIDER).tag("provider", provider).register(meters),
          timer("gateway.first.byte", OF_A_PROVIDER).tag("provider", provider).register(meters));
    }
  }

  /** What became of the requests of one payer. */
  private record Counts(Counter ok, Map<Refusal.Code, Counter> refused) {

    static Counts of(String payer, MeterRegistry meters) {
      var refused = new EnumMap<Refusal.Code, Counter>(Refusal.Code.class);
      for (var code : Refusal.Code.values()) {
        refused.put(code, counter(payer, code.text(), meters));
      }
      return new Counts(counter(payer, OK, meters), refused);
    }

    Counter of(HttpResponse<?> response) {
      // A good one is not searched for a reason.
      return response.code() < FIRST_REFUSAL
          ? ok
          : Refusal.Code.in(response).map(refused::get).orElse(ok);
    }

    private static Counter counter(String payer, String outcome, MeterRegistry meters) {
      return meters.counter("gateway.requests", "payer", payer, "outcome", outcome);
    }
  }
}
