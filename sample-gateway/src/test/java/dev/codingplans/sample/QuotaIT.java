package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A smoke run: a quota plan from its purchase to exhaustion and expiry. */
@DisplayName("Quota plans of the gateway with the drop-in jar")
class QuotaIT {

  private static final String USER = "ada";
  private static final String BUY = "/api/quota-plans/vm-5-monthly/purchase";
  private static final String UNITS = "/api/quota/vm/allocations";

  private final String known = Given.token(USER, Role.USER, Map.of("kyc", "passed"));

  @TempDir private Path folder;

  @Test
  @DisplayName("Q1, Q2, Q3, Q4 are bought, used up, released and bought again after their end")
  void smoke() {
    try (var installation = new Installation(folder).with("CODING_PLANS_TEST_CLOCK", "true");
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      assertThat(calls.fund(USER).statusCode()).isEqualTo(201);

      assertRefused(calls.post(calls.user(USER), BUY, "one", ""), 403, "kyc_required");
      var bought = calls.post(known, BUY, "one", "");
      assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);
      assertThat(calls.post(known, BUY, "one", "").statusCode()).isEqualTo(200);
      assertRefused(calls.post(known, BUY, "two", ""), 409, "plan_active");

      var ids = new HashSet<String>();
      for (int i = 0; i < 5; i++) {
        var taken = calls.post(known, UNITS, "unit-" + i, "{\"label\":\"machine " + i + "\"}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(Calls.json(taken).get("costMicrodollars").asLong()).isEqualTo(2_000_000);
        ids.add(Calls.json(taken).get("id").asText());
      }
      assertThat(ids).hasSize(5);
      assertRefused(calls.post(known, UNITS, "unit-5", ""), 409, "quota_exhausted");
      var released =
          calls
              .client()
              .send(
                  "DELETE",
                  UNITS + "/" + ids.iterator().next(),
                  "",
                  "authorization",
                  "Bearer " + known);
      assertThat(released.statusCode()).isEqualTo(204);
      assertRefused(calls.post(known, UNITS, "unit-5", ""), 409, "quota_exhausted");
      assertThat(Calls.json(calls.get(known, UNITS)).get("items")).hasSize(4);

      calls.advance("P30D");

      assertRefused(calls.post(known, UNITS, "unit-5", ""), 409, "no_active_plan");
      assertThat(Calls.json(calls.get(known, "/api/quota")).get("items")).isEmpty();
      assertThat(calls.post(known, BUY, "two", "").statusCode()).isEqualTo(201);
      assertRefused(
          calls.post(known, "/api/quota-plans/vm-10-monthly/purchase", "3", ""),
          409,
          "plan_active");
      assertThat(calls.get(known, "/api/credits/entries?format=csv").body())
          .contains("Quota plan: 5 VMs");
      calls.assertReconciled();
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Calls.json(answer).get("code").asText()).isEqualTo(code);
  }
}
