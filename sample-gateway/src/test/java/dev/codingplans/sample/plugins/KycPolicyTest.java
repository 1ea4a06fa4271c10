package dev.codingplans.sample.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KycPolicyTest {

  private final KycPolicy policy = new KycPolicy(Set.of(PlanOffer.Kind.QUOTA));

  @Test
  @DisplayName("Q2 a quota plan needs a passed identity check, a credential plan does not")
  void vetoes() {
    assertThat(judge(Map.of(), PlanOffer.Kind.QUOTA)).isInstanceOf(Verdict.KycRequired.class);
    assertThat(judge(Map.of("kyc", "pending"), PlanOffer.Kind.QUOTA))
        .isInstanceOf(Verdict.KycRequired.class);
    assertThat(judge(Map.of("kyc", "passed"), PlanOffer.Kind.QUOTA))
        .isInstanceOf(Verdict.Allowed.class);
    assertThat(judge(Map.of(), PlanOffer.Kind.CREDENTIAL)).isInstanceOf(Verdict.Allowed.class);
  }

  private Verdict judge(Map<String, String> claims, PlanOffer.Kind kind) {
    var plan =
        new PlanOffer(
            new PlanId("plan"), kind, Optional.empty(), "Plan", 1, Duration.ofDays(30), List.of());
    var caller = new Caller(new UserId("ann"), Set.of(Caller.Role.USER), claims);
    return policy.judge(caller, plan).toCompletableFuture().join();
  }
}
