package dev.codingplans.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The one who runs the site, and what has been done already when a test begins. */
public record Operator(String id, Api api) implements Person {

  private static final AtomicInteger KEYS = new AtomicInteger();
  private static final long MICRODOLLARS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String token() {
    return api.token();
  }

  public void credit(String user, int dollars, String reason) {
    api.post(
        "/admin/api/users/" + encoded(user) + "/credits",
        Map.of(
            "amountMicrodollars", dollars * MICRODOLLARS, "kind", "paid_credit", "reason", reason));
  }

  /** Puts as many new keys of the plan into stock, and returns them. */
  public List<String> stock(TokenPlan plan, int count) {
    var keys = IntStream.range(0, count).mapToObj(n -> plan.key(KEYS.incrementAndGet())).toList();
    var done =
        upload(plan, keys.stream().map(key -> key + "::upstream-" + key.substring(7)).toList());
    assertThat(done.get("stored").asInt()).as(done.toString()).isEqualTo(count);
    return keys;
  }

  /** Uploads what may be keys of the plan, and returns how that ended. */
  public JsonNode upload(TokenPlan plan, List<String> entries) {
    var upload =
        api.post(
            "/admin/api/inventory/uploads",
            Map.of(
                "providerId",
                "minimax",
                "planId",
                plan.id(),
                "entries",
                entries,
                "mode",
                "partial"));
    var path = "/admin/api/inventory/uploads/" + upload.get("id").asText();
    return await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> api.get(path), now -> now.get("state").asText().equals("done"));
  }

  /** Takes all that is left of the plan out of stock, whoever put it there. */
  public void clearStock(TokenPlan plan) {
    var free = "/admin/api/inventory/credentials?status=available&limit=100&planId=" + plan.id();
    for (var credential : api.get(free).get("items")) {
      api.post("/admin/api/inventory/credentials/" + credential.get("id").asText() + "/withdraw");
    }
    assertThat(api.get(free).get("items")).isEmpty();
  }

  /** Ends a subscription at once. */
  public void terminate(String subscription) {
    api.post("/admin/api/subscriptions/" + subscription + "/terminate");
  }

  /** Sets whether a plan is sold; whoever closes one opens it again. */
  public void setSalesState(String plan, String state) {
    api.put("/admin/api/plans/" + plan + "/sales-state", Map.of("state", state));
  }

  /** Moves the clock, for all. */
  public void advance(String duration) {
    api.post("/admin/api/test-clock", Map.of("advance", duration));
  }

  /** Handles all that is due. */
  public JsonNode sweep() {
    return api.post("/admin/api/billing/sweep");
  }

  /** Returns what the clock shows. */
  public Instant now() {
    return Instant.parse(api.get("/admin/api/test-clock").get("now").asText());
  }

  /** Takes records of usage in, and charges them. */
  public void use(List<Map<String, Object>> records) {
    api.post("/admin/api/usage", Map.of("records", records));
    api.post("/admin/api/usage/apply");
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return id;
  }
}
