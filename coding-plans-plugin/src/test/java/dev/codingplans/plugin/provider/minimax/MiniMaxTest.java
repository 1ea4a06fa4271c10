package dev.codingplans.plugin.provider.minimax;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.provider.CredentialVerifier;
import dev.codingplans.plugin.provider.QuotaReader;
import dev.codingplans.plugin.provider.QuotaReading;
import dev.codingplans.plugin.provider.QuotaReading.Failed;
import dev.codingplans.plugin.provider.QuotaReading.Failure;
import dev.codingplans.plugin.provider.QuotaReading.Inactive;
import dev.codingplans.plugin.provider.QuotaReading.KeyRejected;
import dev.codingplans.plugin.provider.QuotaReading.Windows;
import dev.codingplans.plugin.provider.Verification;
import dev.codingplans.plugin.provider.Verification.Rejected;
import dev.codingplans.plugin.provider.Verification.TierMismatch;
import dev.codingplans.plugin.provider.Verification.TierUnknown;
import dev.codingplans.plugin.provider.Verification.Unreachable;
import dev.codingplans.plugin.provider.Verification.Verified;
import dev.codingplans.plugin.support.Manner;
import dev.codingplans.plugin.support.ProviderContext;
import dev.codingplans.plugin.support.ProviderFake;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Some of it waits for answers that never come; each test has a provider of its own. */
@Execution(ExecutionMode.CONCURRENT)
class MiniMaxTest {

  private static final String CANARY = "hunter2";
  private static final List<String> PLUS = List.of("Plus", " Token Plan Plus ");

  private static final Verification VERIFIED = new Verified();
  private static final Verification REJECTED = new Rejected();
  private static final Verification UNREACHABLE = new Unreachable();
  private static final QuotaReading UNAVAILABLE = new Failed(Failure.UNAVAILABLE);
  private static final QuotaReading TIMEOUT = new Failed(Failure.TIMEOUT);

  private final ProviderFake fake = new ProviderFake();
  private ProviderContext context;
  private CredentialVerifier verifier;
  private QuotaReader reader;

  @BeforeEach
  void start() {
    context = ProviderContext.calling(fake);
    verifier = context.providers().verifierOf(MiniMax.ID).orElseThrow();
    reader = context.providers().quotaReaderOf(MiniMax.ID).orElseThrow();
  }

  @AfterEach
  void stop() {
    context.close();
    fake.close();
  }

  @Test
  @DisplayName("I4 a key is proven by what is left behind it, however the provider answers")
  void provesByQuota() {
    var found =
        forEachManner(
            manner -> verify("sk-" + manner.name().toLowerCase(Locale.ROOT) + "-" + CANARY));

    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry(Manner.GOOD, VERIFIED),
                entry(Manner.UNTITLED, new TierUnknown()),
                entry(Manner.FOREIGN, new TierMismatch()),
                entry(Manner.PLANLESS, REJECTED),
                entry(Manner.EMPTY, REJECTED),
                entry(Manner.EXHAUSTED, UNREACHABLE),
                entry(Manner.UNAUTHORIZED, REJECTED),
                entry(Manner.FORBIDDEN, REJECTED),
                entry(Manner.REJECTED, REJECTED),
                entry(Manner.LIMITED, UNREACHABLE),
                entry(Manner.FAILING, UNREACHABLE),
                entry(Manner.ECHOING, UNREACHABLE),
                entry(Manner.SLOW, UNREACHABLE),
                entry(Manner.TRICKLING, UNREACHABLE),
                entry(Manner.DEAD, UNREACHABLE),
                entry(Manner.TRUNCATED, UNREACHABLE),
                entry(Manner.HUGE, UNREACHABLE),
                entry(Manner.REDIRECTING, UNREACHABLE),
                entry(Manner.GIBBERISH, UNREACHABLE)));
    assertThat(fake.strays()).isZero();
  }

  @Test
  @DisplayName("I4 a key whose quota looks good must still generate a token")
  void provesByGeneration() {
    var found =
        forEachManner(
            manner -> {
              var key = "sk-key-" + manner + "-" + CANARY;
              fake.treat(key, Manner.GOOD, manner);
              return verify(key);
            });

    assertThat(found)
        .containsEntry(Manner.GOOD, VERIFIED)
        .containsEntry(Manner.EXHAUSTED, REJECTED)
        .containsEntry(Manner.UNAUTHORIZED, REJECTED)
        .containsEntry(Manner.FORBIDDEN, REJECTED)
        .containsEntry(Manner.REJECTED, REJECTED);
    for (Manner failing :
        List.of(
            Manner.LIMITED,
            Manner.FAILING,
            Manner.ECHOING,
            Manner.SLOW,
            Manner.TRICKLING,
            Manner.DEAD,
            Manner.TRUNCATED,
            Manner.HUGE,
            Manner.REDIRECTING,
            Manner.GIBBERISH)) {
      assertThat(found).containsEntry(failing, UNREACHABLE);
    }
    assertThat(fake.strays()).isZero();
  }

  @Test
  @DisplayName("U2 a quota is read, or it is known why not, however the provider answers")
  void readsQuota() {
    var found =
        forEachManner(
            manner ->
                reader.read(
                    Secret.of("sk-" + manner.name().toLowerCase(Locale.ROOT) + "-" + CANARY)));

    for (Manner good : List.of(Manner.GOOD, Manner.UNTITLED, Manner.FOREIGN)) {
      assertThat(found.get(good)).isInstanceOf(Windows.class);
    }
    assertThat(found)
        .containsEntry(Manner.PLANLESS, new Inactive())
        .containsEntry(Manner.EMPTY, new Inactive())
        .containsEntry(Manner.UNAUTHORIZED, new KeyRejected())
        .containsEntry(Manner.FORBIDDEN, new KeyRejected())
        .containsEntry(Manner.REJECTED, new KeyRejected())
        .containsEntry(Manner.EXHAUSTED, UNAVAILABLE)
        .containsEntry(Manner.LIMITED, UNAVAILABLE)
        .containsEntry(Manner.FAILING, UNAVAILABLE)
        .containsEntry(Manner.ECHOING, UNAVAILABLE)
        .containsEntry(Manner.SLOW, TIMEOUT)
        .containsEntry(Manner.TRICKLING, TIMEOUT)
        .containsEntry(Manner.DEAD, UNAVAILABLE)
        .containsEntry(Manner.TRUNCATED, UNAVAILABLE)
        .containsEntry(Manner.HUGE, UNAVAILABLE)
        .containsEntry(Manner.REDIRECTING, UNAVAILABLE)
        .containsEntry(Manner.GIBBERISH, UNAVAILABLE);
    assertThat(fake.strays()).isZero();
  }

  @Test
  @DisplayName("a provider that is down is left alone; bad keys never look like that")
  void breaks() {
    for (int i = 0; i < 200; i++) {
      assertThat(verify("sk-unauthorized-" + i)).isEqualTo(REJECTED);
    }
    for (int i = 0; i < 200; i++) {
      assertThat(verify("sk-dead-" + i)).isInstanceOf(Unreachable.class);
    }

    assertThat(fake.calls()).isBetween(220, 260);
    assertThat(context.meters().value("provider.calls", "minimax", "4xx")).isEqualTo(200);
    assertThat(context.meters().value("provider.calls", "minimax", "broken")).isBetween(20.0, 60.0);
    assertThat(context.meters().value("provider.calls", "minimax", "paused")).isPositive();
    assertThat(context.meters().value("provider.breaker.open", "minimax")).isEqualTo(1);
    assertThat(verify("sk-good-after-all")).isEqualTo(new Unreachable(false));
  }

  @Test
  @DisplayName("I2 ten keys in a row without an answer do not keep a provider's other keys from it")
  void staysCalm() {
    for (int i = 0; i < 10; i++) {
      assertThat(verify("sk-dead-" + i)).isEqualTo(UNREACHABLE);
    }
    for (int i = 0; i < 50; i++) {
      assertThat(verify("sk-plus-" + i)).isEqualTo(VERIFIED);
    }
  }

  @Test
  @DisplayName("connections are kept, and there are never more calls at once than are allowed")
  void keepsConnections() {
    for (int i = 0; i < 20; i++) {
      verify("sk-plus-" + i);
    }
    assertThat(fake.connections()).isEqualTo(1);

    fake.latency(Duration.ofMillis(20));
    var number = new AtomicInteger();
    var calls =
        inParallel(
            IntStream.range(0, 200)
                .mapToObj(
                    i ->
                        (Supplier<Verification>)
                            () -> verify("sk-plus-x" + number.incrementAndGet()))
                .toList());

    assertThat(calls).containsOnly(VERIFIED);
    assertThat(fake.peak()).isLessThanOrEqualTo(64);
  }

  @Test
  @DisplayName("a provider without an adapter has no ability")
  void unknownProvider() {
    var nobody = new ProviderId("nobody");

    assertThat(context.providers().verifierOf(nobody)).isEmpty();
    assertThat(context.providers().quotaReaderOf(nobody)).isEmpty();
  }

  private Verification verify(String key) {
    return verifier.verify(Secret.of(key), PLUS);
  }

  private static <T> Map<Manner, T> forEachManner(Function<Manner, T> call) {
    var results = new EnumMap<Manner, T>(Manner.class);
    var manners = Manner.values();
    var each =
        inParallel(
            Arrays.stream(manners).map(manner -> (Supplier<T>) () -> call.apply(manner)).toList());
    for (int i = 0; i < manners.length; i++) {
      results.put(manners[i], each.get(i));
    }
    return results;
  }

  private static <T> List<T> inParallel(List<Supplier<T>> calls) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          calls.stream().map(call -> CompletableFuture.supplyAsync(call, threads)).toList();
      return running.stream().map(CompletableFuture::join).toList();
    }
  }
}
