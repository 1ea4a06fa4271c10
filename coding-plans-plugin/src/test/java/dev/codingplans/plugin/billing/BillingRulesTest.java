package dev.codingplans.plugin.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.billing.Decision.AwaitCredit;
import dev.codingplans.plugin.billing.Decision.AwaitLeases;
import dev.codingplans.plugin.billing.Decision.End;
import dev.codingplans.plugin.billing.Decision.Leave;
import dev.codingplans.plugin.billing.Decision.Renew;
import dev.codingplans.plugin.billing.Decision.StartGrace;
import dev.codingplans.plugin.credit.LockedAccount;
import dev.codingplans.plugin.subscription.CancellationReason;
import dev.codingplans.plugin.subscription.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingRulesTest {

  private static final Instant DUE = Instant.parse("2026-01-31T10:00:00.000001Z");
  private static final Duration PERIOD = Duration.ofDays(30);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MICRO = Duration.ofNanos(1_000);
  private static final long PRICE = 20_000_000;
  private static final UserId ANN = new UserId("ann");

  private final BillingRules rules = new BillingRules(DAY);

  @Test
  @DisplayName("R1 due is the instant itself, and not a microsecond before")
  void dueAtTheInstant() {
    assertThat(decide(active(), PRICE, DUE.minus(MICRO))).isInstanceOf(Leave.class);
    assertThat(decide(active(), PRICE, DUE))
        .isEqualTo(new Renew(active(), Term.of(DUE, PERIOD), 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"P0D,0", "P29D,0", "P29DT23H59M59.999999S,0", "P30D,1", "P40D,1", "P89D,2", "P90D,3"})
  @DisplayName("R5 after an outage the period of now is charged, counted from the due instant")
  void skipsPeriods(Duration late, long skipped) {
    var decision = decide(active(), PRICE, DUE.plus(late));

    assertThat(decision)
        .isEqualTo(
            new Renew(
                active(), Term.of(DUE.plus(PERIOD.multipliedBy(skipped)), PERIOD), skipped, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "PT24H,PT0S,PT24H",
    "PT24H,PT22H59M,PT24H",
    "PT24H,PT23H30M,PT24H30M",
    "PT24H,PT240H,PT241H",
    "PT30M,PT0S,PT30M",
    "PT30M,PT10M,PT40M",
    // A whole period late: it counts from the start of the next one (R5).
    "PT24H,PT720H,PT744H",
  })
  @DisplayName("G1, R5 grace counts from the due instant, but leaves an hour, or itself if shorter")
  void startsGrace(Duration grace, Duration late, Duration end) {
    var decision =
        new BillingRules(grace)
            .decide(account(PRICE - 1), List.of(active()), DUE.plus(late))
            .getFirst();

    assertThat(decision).isEqualTo(new StartGrace(active(), DUE.plus(end), 1));
  }

  @Test
  @DisplayName("G1 without grace it ends at once")
  void noGrace() {
    var now = DUE.plusSeconds(5);

    assertThat(
            new BillingRules(Duration.ZERO)
                .decide(account(PRICE - 1), List.of(active()), now)
                .getFirst())
        .isEqualTo(new End(active(), CancellationReason.INSUFFICIENT_CREDITS, now));
  }

  @Test
  @DisplayName("G3, G4 in grace funds renew it, also at the first sweep after; without it ends")
  void endsAfterGrace() {
    var end = DUE.plus(DAY);

    assertThat(decide(pastDue(), PRICE - 1, end.minus(MICRO)))
        .isEqualTo(new AwaitCredit(pastDue(), 1));
    assertThat(decide(pastDue(), PRICE, end.minus(MICRO))).isInstanceOf(Renew.class);
    assertThat(decide(pastDue(), PRICE, end.plus(DAY)))
        .isEqualTo(new Renew(pastDue(), Term.of(DUE, PERIOD), 0, 0));
    assertThat(decide(pastDue(), PRICE - 1, end))
        .isEqualTo(new End(pastDue(), CancellationReason.INSUFFICIENT_CREDITS, end));
  }

  @Test
  @DisplayName("X1, X2 a scheduled cancellation ends at the period's end, and is never charged")
  void endsAtPeriodEnd() {
    var canceled = subscription(true, DUE, Optional.empty());

    assertThat(decide(canceled, 5 * PRICE, DUE.minus(MICRO))).isInstanceOf(Leave.class);
    assertThat(decide(canceled, 5 * PRICE, DUE.plus(DAY)))
        .isEqualTo(new End(canceled, CancellationReason.USER_CANCELED, DUE));
  }

  @Test
  @DisplayName("X1 one that is past due ends at the grace end, and is never charged")
  void endsAtGraceEnd() {
    var canceled = subscription(true, DUE, Optional.of(DUE.plus(DAY)));

    assertThat(decide(canceled, 5 * PRICE, DUE.plus(DAY).minus(MICRO))).isInstanceOf(Leave.class);
    assertThat(decide(canceled, 5 * PRICE, DUE.plus(DAY)))
        .isEqualTo(new End(canceled, CancellationReason.USER_CANCELED, DUE.plus(DAY)));
  }

  @Test
  @DisplayName("R3 two are due and there is credit for one: the oldest is paid")
  void oldestFirst() {
    var younger = subscription(false, DUE, Optional.empty());
    var older = subscription(false, DUE.minusSeconds(1), Optional.empty());

    var decisions = rules.decide(account(PRICE), List.of(younger, older), DUE);

    assertThat(decisions)
        .containsExactly(
            new Renew(older, Term.of(older.renewalAt(), PERIOD), 0, 0),
            new StartGrace(younger, DUE.plus(DAY), PRICE));
  }

  @Test
  @DisplayName("G2 what two lack together renews both: what is left counts once")
  void shortfallsAddUp() {
    var older = subscription(false, DUE.minusSeconds(1), Optional.empty());
    var waiting = subscription(false, DUE.minus(DAY), Optional.of(DUE.plus(DAY)));

    var decisions = rules.decide(account(5_000_000), List.of(active(), older, waiting), DUE);

    assertThat(decisions)
        .containsExactly(
            new AwaitCredit(waiting, PRICE - 5_000_000),
            new StartGrace(older, DUE.minusSeconds(1).plus(DAY), PRICE),
            new StartGrace(active(), DUE.plus(DAY), PRICE));
  }

  @Test
  @DisplayName("L3 a parked account is neither charged nor punished, but what was cancelled ends")
  void parked() {
    var parked = new LockedAccount(ANN, 10 * PRICE, true, false, 0);
    var canceled = subscription(true, DUE, Optional.empty());

    assertThat(rules.decide(parked, List.of(active(), canceled), DUE.plus(PERIOD)))
        .containsExactlyInAnyOrder(
            new Leave(active()), new End(canceled, CancellationReason.USER_CANCELED, DUE));
  }

  private Decision decide(DueSubscription subscription, long balance, Instant now) {
    return rules.decide(account(balance), List.of(subscription), now).getFirst();
  }

  @Test
  @DisplayName("M1 a renewal whose price is there but leased waits, and never goes into grace")
  void awaitsLeases() {
    assertThat(leased(PRICE, 1, active())).containsExactly(new AwaitLeases(active()));
    assertThat(leased(PRICE + 1, 1, active())).first().isInstanceOf(Renew.class);
    assertThat(leased(PRICE - 1, 1, active())).first().isInstanceOf(StartGrace.class);
  }

  private List<Decision> leased(long balance, long leased, DueSubscription due) {
    return rules.decide(new LockedAccount(ANN, balance, false, false, leased), List.of(due), DUE);
  }

  private static LockedAccount account(long balance) {
    return new LockedAccount(ANN, balance, false, false, 0);
  }

  private static DueSubscription active() {
    return subscription(false, DUE, Optional.empty());
  }

  private static DueSubscription pastDue() {
    return subscription(false, DUE, Optional.of(DUE.plus(DAY)));
  }

  private static DueSubscription subscription(
      boolean canceled, Instant renewalAt, Optional<Instant> graceEndsAt) {
    return new DueSubscription(
        UUID.nameUUIDFromBytes(new byte[] {1}),
        ANN,
        new PlanId("plus"),
        new ProviderId("minimax"),
        PRICE,
        PERIOD,
        canceled,
        renewalAt,
        graceEndsAt);
  }
}
