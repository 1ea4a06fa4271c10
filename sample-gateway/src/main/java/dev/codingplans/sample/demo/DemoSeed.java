package dev.codingplans.sample.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The money, keys and stock of the demo. Planting it again changes nothing. */
final class DemoSeed {

  private static final long MICRODOLLARS = 1_000_000;
  private static final int CREDENTIALS_PER_PLAN = 8;
  private static final int MAX_POLLS = 300;
  private static final Executor AFTER_A_MOMENT =
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

  private final DemoClient client;

  DemoSeed(DemoClient client) {
    this.client = client;
  }

  void plant() {
    for (DemoUser user : DemoUser.values()) {
      if (user.dollars() > 0) {
        credit(user);
      }
    }
    addOwnKey();
    List.of("plus", "max", "ultra").forEach(this::addStock);
  }

  private void credit(DemoUser user) {
    client.post(
        DemoUser.ADMIN,
        "/admin/api/users/" + user.id() + "/credits",
        "demo-credit-" + user.id(),
        Map.of(
            "amountMicrodollars", user.dollars() * MICRODOLLARS,
            "kind", "paid_credit",
            "reason", "Demo"));
  }

  /** Only where no key is: by the next start the user may have bought a plan in its place. */
  private void addOwnKey() {
    var keys = client.get(DemoUser.OWN_KEY, "/api/byok");
    if (!keys.findValuesAsText("providerId").contains("minimax")) {
      client.put(
          DemoUser.OWN_KEY,
          "/api/byok/minimax",
          Map.of("apiKey", "sk-sim-plus-own-key-of-the-demo", "enabled", false));
    }
  }

  private void addStock(String tier) {
    var upload =
        client.post(
            DemoUser.ADMIN,
            "/admin/api/inventory/uploads",
            "demo-stock-" + tier,
            Map.of(
                "providerId",
                "minimax",
                "planId",
                "minimax-token-plan-" + tier,
                "entries",
                entries(tier),
                "mode",
                "partial",
                "dryRun",
                false));
    awaitEnd("/admin/api/inventory/uploads/" + upload.path("id").asText());
  }

  private static List<String> entries(String tier) {
    return IntStream.rangeClosed(1, CREDENTIALS_PER_PLAN)
        .mapToObj(n -> "sk-sim-" + tier + "-demo-000" + n + "::sim-" + tier + "-000" + n)
        .toList();
  }

  private void awaitEnd(String upload) {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      if (look(upload).path("state").asText().equals("done")) {
        return;
      }
    }
    throw new IllegalStateException("The upload " + upload + " does not end.");
  }

  private JsonNode look(String upload) {
    return CompletableFuture.supplyAsync(() -> client.get(DemoUser.ADMIN, upload), AFTER_A_MOMENT)
        .join();
  }
}
