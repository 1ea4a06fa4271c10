package dev.codingplans.plugin.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.lease.LeaseRow;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReservedTest {

  private static final UserId ANN = new UserId("ann");
  private static final UUID HERE = new UUID(0, 1);
  private static final UUID ELSEWHERE = new UUID(0, 2);

  private final Reserved reserved =
      new Reserved(List.of(new LeaseRow(HERE, ANN, 30), new LeaseRow(ELSEWHERE, ANN, 50)));

  @Test
  @DisplayName("M1 what is leased is kept from every charge but those of the lease")
  void keepsWhatIsLeased() {
    assertThat(reserved.besides(ANN, Optional.empty())).isEqualTo(80);
    assertThat(reserved.besides(ANN, Optional.of(HERE))).isEqualTo(50);
    assertThat(reserved.besides(new UserId("bob"), Optional.empty())).isZero();
  }

  @Test
  @DisplayName("M4, D7 a charge whose lease has expired takes nothing that is leased to others")
  void keepsLeasesFromExpiredOnes() {
    assertThat(reserved.besides(ANN, Optional.of(new UUID(0, 3)))).isEqualTo(80);
  }

  @Test
  @DisplayName("M1 charges come out of their lease, one after the other, and never of another")
  void chargesComeOutOfTheirLease() {
    reserved.charge(ANN, Optional.of(HERE), 20);
    assertThat(reserved.besides(ANN, Optional.empty())).isEqualTo(60);
    reserved.charge(ANN, Optional.of(HERE), 20);
    assertThat(reserved.besides(ANN, Optional.empty())).isEqualTo(50);
    reserved.charge(ANN, Optional.empty(), 20);
    assertThat(reserved.besides(ANN, Optional.of(ELSEWHERE))).isZero();
  }
}
