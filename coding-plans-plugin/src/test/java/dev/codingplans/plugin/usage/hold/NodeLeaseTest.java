package dev.codingplans.plugin.usage.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.credit.lease.Grant;
import dev.codingplans.plugin.credit.lease.Grant.Outcome;
import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NodeLeaseTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final NodeLease lease = new NodeLease(new UserId("user"), 0);

  @Test
  @DisplayName("M1 who has no money is refused from memory, for a quarter of a second")
  void remembersThatThereIsNoMore() {
    lease.costs(price());
    assertThat(lease.refuses(11, NOW, 0)).isFalse();

    lease.granted(new Grant(10, Outcome.INSUFFICIENT), 0);

    assertThat(lease.refuses(11, NOW, millis(249))).isTrue();
    assertThat(lease.refuses(10, NOW, millis(249))).as("what is free still does").isFalse();
    assertThat(lease.refuses(11, NOW, millis(250))).isFalse();
  }

  @Test
  @DisplayName("M1 whoever is given credit is asked for again at once")
  void forgetsWhenCreditArrives() {
    lease.costs(price());
    lease.granted(new Grant(0, Outcome.INSUFFICIENT), 0);

    lease.credited(millis(10));

    assertThat(lease.refuses(1, NOW, millis(11))).isFalse();
    lease.granted(new Grant(0, Outcome.INSUFFICIENT), millis(9));
    assertThat(lease.refuses(1, NOW, millis(11))).as("asked before it arrived").isFalse();
  }

  @Test
  @DisplayName("M1 who has no account is refused from memory as well")
  void remembersThatThereIsNoAccount() {
    lease.granted(new Grant(0, Outcome.INSUFFICIENT), 0);

    assertThat(lease.refuses(1, NOW, 0)).isTrue();
  }

  @Test
  @DisplayName("M1 what other nodes have leased is asked for, not refused")
  void asksForWhatOthersHave() {
    lease.costs(price());
    lease.granted(new Grant(10, Outcome.LEASED_ELSEWHERE), 0);

    assertThat(lease.refuses(11, NOW, 0)).isFalse();
  }

  @Test
  @DisplayName("M2 a charge that is lost is not kept from other requests")
  void freesLostCharges() {
    lease.costs(price());
    lease.granted(new Grant(10, Outcome.ENOUGH), 0);
    var held = lease.tryHold(10, NOW, 0).orElseThrow();
    var charge = lease.settle(held, 6, NOW);
    assertThat(lease.free()).isEqualTo(4);

    lease.unsettle(charge);

    assertThat(lease.free()).isEqualTo(10);
  }

  @Test
  @DisplayName("M1 a lease that is gone while a request holds some of it gives nothing any more")
  void abandonsWhatIsHeld() {
    lease.costs(price());
    lease.granted(new Grant(10, Outcome.ENOUGH), 0);
    var held = lease.tryHold(4, NOW, 0).orElseThrow();

    assertThat(lease.abandon()).isEmpty();

    assertThat(lease.tryHold(1, NOW, 0)).isEmpty();
    assertThat(lease.refuses(1, NOW, 0)).as("another lease may have it").isFalse();
    assertThat(lease.settle(held, 4, NOW)).isEqualTo(4);
  }

  private static Price price() {
    return new Price(LadderSettings.read(new SettingsReader(Map.of())).ladder(), Optional.empty());
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
