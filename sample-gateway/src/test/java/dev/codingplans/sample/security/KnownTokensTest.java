package dev.codingplans.sample.security;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Time time = new Time();
  private final List<String> checked = new ArrayList<>();
  private CompletionStage<Optional<Caller>> answer = completedFuture(Optional.empty());
  private final KnownTokens tokens = new KnownTokens(this::check, time, () -> time.nanos());

  @Test
  @DisplayName("a good token is checked once a minute")
  void checkedOnceAMinute() {
    answer = completedFuture(Optional.of(caller(NOON.plus(Duration.ofHours(1)))));
    ask("token");
    time.pass(MINUTE.minusMillis(1));
    assertThat(ask("token")).isPresent();
    assertThat(checked).containsExactly("token");

    answer = completedFuture(Optional.empty());
    time.pass(Duration.ofMillis(1));

    assertThat(ask("token")).isEmpty();
  }

  @Test
  @DisplayName("a token is good until it expires, to the millisecond")
  void expires() {
    answer = completedFuture(Optional.of(caller(NOON.plusSeconds(10))));
    ask("token");
    answer = completedFuture(Optional.empty());

    time.pass(Duration.ofMillis(9_999));
    assertThat(ask("token")).isPresent();
    time.pass(Duration.ofMillis(1));
    assertThat(ask("token")).isEmpty();
  }

  @Test
  @DisplayName("what is no good, or cannot be told, is not remembered")
  void remembersOnlyGoodOnes() {
    ask("token");
    answer = failedFuture(new IllegalStateException("no keys"));
    assertThat(tokens.caller("token").toCompletableFuture()).isCompletedExceptionally();
    answer = completedFuture(Optional.of(caller(NOON.plusSeconds(10))));

    assertThat(ask("token")).isPresent();
    assertThat(checked).hasSize(3);
  }

  @Test
  @DisplayName("another token is another caller")
  void knowsTokensApart() {
    answer = completedFuture(Optional.of(caller(NOON.plusSeconds(10))));
    ask("token");
    answer = completedFuture(Optional.empty());

    assertThat(ask("tokeN")).isEmpty();
  }

  private Optional<Caller> ask(String token) {
    return tokens.caller(token).toCompletableFuture().join();
  }

  private CompletionStage<Optional<Caller>> check(String token) {
    checked.add(token);
    return answer;
  }

  private static Caller caller(Instant expiry) {
    return new Caller(
        new UserId("ann"), Set.of(Caller.Role.USER), Map.of("exp", expiry.toString()));
  }

  /** Both of the machine's clocks. */
  private static final class Time extends Clock {

    private Duration passed = Duration.ZERO;

    void pass(Duration time) {
      passed = passed.plus(time);
    }

    long nanos() {
      return passed.toNanos();
    }

    @Override
    public Instant instant() {
      return NOON.plus(passed);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
