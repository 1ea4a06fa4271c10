package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The discount ladder, on a started gateway with the drop-in jar,")
class LadderIT {

  private static final String USER = "climber";
  private static final long LIST_COST = 1_000_001;

  @TempDir private Path folder;

  @Test
  @DisplayName("D2, D3, D5 goes from the first payment to the month tier")
  void fromFirstPaymentToMonth() {
    try (var installation =
            new Installation(folder)
                .with("CODING_PLANS_TEST_CLOCK", "true")
                .with("CODING_PLANS_LADDER_INTERVAL", "P1000D");
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      assertThat(calls.fund(USER).statusCode()).isEqualTo(201);

      assertTier(calls, "none", "1.0");
      assertCharged(calls, "first", 1_000_001);
      calls.advance("P7D");
      assertTier(calls, "week", "0.5");
      assertCharged(calls, "second", 500_001);
      assertTicks(calls, 1);
      calls.advance("P23D");
      assertTier(calls, "month", "0.25");
      assertCharged(calls, "third", 250_001);
      assertTicks(calls, 1);
      assertTicks(calls, 0);

      assertThat(credits(calls).get("balanceMicrodollars").asLong())
          .isEqualTo(Calls.PRICE - 1_000_001 - 500_001 - 250_001);
      calls.assertReconciled();
    }
  }

  private static void assertTier(Calls calls, String name, String multiplier) {
    var tier = credits(calls).get("discountTier");
    assertThat(tier.get("name").asText()).isEqualTo(name);
    assertThat(tier.get("multiplier").asText()).isEqualTo(multiplier);
  }

  /** Reports a use of this moment and charges it. */
  private static void assertCharged(Calls calls, String eventId, long charge) {
    var now = Calls.json(calls.get(calls.admin(), "/admin/api/test-clock")).get("now").asText();
    var accepted =
        calls.post(
            calls.admin(),
            "/admin/api/usage",
            "-",
            """
            {"records": [{"eventId": "%s", "userId": "%s", "appliesTo": "llm", "kind": "llm_token",
                          "amount": 1200, "listCostMicrodollars": %d, "occurredAt": "%s"}]}"""
                .formatted(eventId, USER, LIST_COST, now));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    var applied = calls.post(calls.admin(), "/admin/api/usage/apply", "-", "");
    assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);

    var latest = Calls.json(calls.get(calls.user(USER), "/api/usage")).get("items").get(0);
    assertThat(latest.get("eventId").asText()).isEqualTo(eventId);
    assertThat(latest.get("chargeMicrodollars").asLong()).isEqualTo(charge);
  }

  private static void assertTicks(Calls calls, int changed) {
    var ticked = calls.post(calls.admin(), "/admin/api/discount-ladder/tick", "-", "");
    assertThat(ticked.statusCode()).as(ticked.body()).isEqualTo(200);
    assertThat(Calls.json(ticked).get("changed").asInt()).isEqualTo(changed);
  }

  private static JsonNode credits(Calls calls) {
    return Calls.json(calls.get(calls.user(USER), "/api/credits"));
  }
}
