package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With more of everything in the profile {@code nodes}; see BENCHMARKS.md. */
@DisplayName("Gateways on one database")
class NodesIT {

  private static final int NODES = Integer.getInteger("nodes.gateways", 2);
  private static final int USERS = Integer.getInteger("nodes.users", 3);
  private static final int LOAD = Integer.getInteger("nodes.load", 20);

  /** E4's second; a machine that is busy with more than this test may need longer. */
  private static final Duration BOUND = Duration.ofMillis(Integer.getInteger("nodes.bound", 5_000));

  private static final Duration STALENESS = Duration.ofSeconds(2);

  @TempDir private static Path folder;
  private static final EchoProvider PROVIDER = new EchoProvider();
  private static Installation installation;
  private static final List<GatewayProcess> GATEWAYS = new ArrayList<>();
  private static final List<Calls> NODES_CALLS = new ArrayList<>();

  @BeforeAll
  static void start() {
    installation =
        new Installation(folder, PROVIDER.address())
            .with("CODING_PLANS_MAX_STALENESS", STALENESS.toString());
    for (int n = 0; n < NODES; n++) {
      var gateway = installation.run();
      GATEWAYS.add(gateway);
      NODES_CALLS.add(new Calls(gateway.awaitServing()));
    }
  }

  @AfterAll
  static void stop() {
    GATEWAYS.forEach(GatewayProcess::close);
    installation.close();
    PROVIDER.close();
  }

  @Test
  @DisplayName("E4 see each other's changes within a second, under load")
  void changesSpread() throws Exception {
    var first = NODES_CALLS.getFirst();
    var token = first.user("busy");
    putOwnKey(first, token);
    var requests =
        NODES_CALLS.stream()
            .<Supplier<HttpResponse<String>>>map(node -> () -> Chats.send(node.client(), token))
            .toList();
    try (var load = new SteadyLoad(LOAD * NODES, requests);
        var propagation = new Propagation(NODES_CALLS)) {
      propagation.run(USERS);

      System.out.printf(
          "From a change at one of %d gateways to its effect at another, %d requests/s each:%n%s%n",
          NODES, LOAD, propagation.table());
      assertThat(propagation.slowest()).isLessThan(BOUND);
      assertThat(load.end()).isEmpty();
      System.out.println("Requests meanwhile: " + load.times());
    }
  }

  @Test
  @DisplayName("E4 answer by what changed while they were frozen, from the first request on")
  void frozen() throws Exception {
    var here = NODES_CALLS.getFirst();
    var there = NODES_CALLS.getLast();
    assertThat(here.stock(Calls.PLAN, List.of("frozen.key.1", "frozen.key.2")).statusCode())
        .isEqualTo(202);
    here.fund("planned");
    var id = Calls.json(here.buy("planned")).get("id").asText();
    var plan = here.user("planned");
    var own = here.user("owner");
    putOwnKey(here, own);
    var keys = new KeyCalls(here.client(), own);
    var key = keys.made();
    var secret = key.get("secret").asText();
    for (var bearer : List.of(plan, own, secret)) {
      assertThat(Chats.send(there.client(), bearer).statusCode()).isEqualTo(200);
    }

    signal("STOP");
    var frozenAt = System.nanoTime();
    try {
      assertThat(
              here.post(here.admin(), "/admin/api/subscriptions/" + id + "/terminate", "-", "")
                  .statusCode())
          .isEqualTo(200);
      keys.revoke(key.get("id").asText());
      assertThat(
              here.client()
                  .send("DELETE", "/api/byok/minimax", "", "authorization", "Bearer " + own)
                  .statusCode())
          .isEqualTo(204);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> System.nanoTime() - frozenAt > STALENESS.plusSeconds(1).toNanos());
    } finally {
      // They wait at its door when it wakes up.
      var waiting =
          List.of(plan, own, secret).stream()
              .map(
                  bearer -> CompletableFuture.supplyAsync(() -> Chats.send(there.client(), bearer)))
              .toList();
      signal("CONT");
      assertThat(waiting.stream().map(answer -> answer.join().statusCode()))
          .containsExactly(403, 403, 401);
    }
  }

  private static void putOwnKey(Calls node, String token) {
    assertThat(
            node.client()
                .send(
                    "PUT",
                    "/api/byok/minimax",
                    "{\"apiKey\":\"own.key.9\",\"enabled\":true}",
                    "authorization",
                    "Bearer " + token,
                    "content-type",
                    "application/json")
                .statusCode())
        .isEqualTo(200);
  }

  /** To the last of the gateways. */
  private static void signal(String name) throws IOException, InterruptedException {
    var kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(GATEWAYS.getLast().pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
