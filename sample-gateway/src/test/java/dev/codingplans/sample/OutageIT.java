package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For a minute and with more load in the profile {@code outage}; see BENCHMARKS.md. */
@DisplayName("A gateway whose database is stopped under load")
class OutageIT {

  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("outage.seconds", 5));
  private static final int LOAD = Integer.getInteger("outage.load", 60);
  private static final String STALENESS = System.getProperty("outage.staleness", "PT2S");

  /** Two seconds for what is to be normal again; a machine that is busy may need longer. */
  private static final Duration BOUND =
      Duration.ofMillis(Integer.getInteger("outage.bound", 10_000));

  private static final int USERS = 10;

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "E4, M1 serves plan keys, own keys, API keys and leased credits on, and is normal soon after")
  void stopped() throws Exception {
    try (var provider = new EchoProvider();
        var installation =
            new Installation(folder, provider.address())
                .with("CODING_PLANS_MAX_STALENESS", STALENESS)
                .with("MINIMAX_PLATFORM_KEY", "platform.key.0");
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      var bearers = customers(calls);
      calls.fund("late");
      assertThat(calls.fund("lessee").statusCode()).isEqualTo(201);
      // The node knows her, and has set nothing aside for her when her credits come.
      assertThat(chat(calls, "newcomer").statusCode()).isEqualTo(402);
      assertThat(calls.fund("newcomer").statusCode()).isEqualTo(201);
      var requests =
          bearers.stream()
              .<Supplier<HttpResponse<String>>>map(
                  bearer -> () -> Chats.send(calls.client(), bearer))
              .toList();
      requests.forEach(request -> assertThat(request.get().statusCode()).isEqualTo(200));
      try (var load = new SteadyLoad(LOAD, requests)) {
        await().until(() -> load.answered() > LOAD);
        assertPaidFromCredits(chat(calls, "lessee"));

        installation.stopDatabase();
        var stoppedAt = System.nanoTime();
        assertPaidFromCredits(chat(calls, "lessee"));
        Queue<Long> refusals = new ConcurrentLinkedQueue<>();
        Queue<Long> unpaid = new ConcurrentLinkedQueue<>();
        while (System.nanoTime() - stoppedAt < OUTAGE.toNanos()) {
          refusals.add(timed(() -> assertUnavailable(calls.buy("late"))));
          unpaid.add(timed(() -> assertUnavailable(chat(calls, "newcomer"))));
        }
        installation.startDatabase();
        var startedAt = System.nanoTime();
        await()
            .pollInterval(Duration.ofMillis(20))
            .atMost(Duration.ofSeconds(60))
            .until(() -> calls.buy("late").statusCode() == 201);
        await()
            .pollInterval(Duration.ofMillis(20))
            .atMost(Duration.ofSeconds(60))
            .until(() -> chat(calls, "late").statusCode() == 200);
        assertPaidFromCredits(chat(calls, "newcomer"));
        var normal = Duration.ofNanos(System.nanoTime() - startedAt);
        var answered = load.answered();
        await().until(() -> load.answered() > answered + LOAD);

        assertThat(load.end()).isEmpty();
        System.out.printf(
            "%d requests/s, the database stopped for %s: %s, none failed%npurchases refused: %s%nmetered requests refused: %s%nnormal after %d ms%n",
            LOAD,
            OUTAGE,
            load.times(),
            Percentiles.of(refusals),
            Percentiles.of(unpaid),
            normal.toMillis());
        assertThat(normal).isLessThan(BOUND);
        calls.assertReconciled();
      }
    }
  }

  /** Returns tokens and API keys of users with plans, and with keys of their own. */
  private static List<String> customers(Calls calls) {
    var keys = IntStream.rangeClosed(0, USERS).mapToObj(n -> "outage.key." + n).toList();
    assertThat(calls.stock(Calls.PLAN, keys).statusCode()).isEqualTo(202);
    var bearers = new ArrayList<String>();
    for (int n = 0; n < USERS; n++) {
      assertThat(calls.fund("planned-" + n).statusCode()).isEqualTo(201);
      assertThat(calls.buy("planned-" + n).statusCode()).isEqualTo(201);
      putOwnKey(calls, calls.user("owner-" + n));
      for (var name : List.of("planned-" + n, "owner-" + n)) {
        var token = calls.user(name);
        bearers.add(token);
        bearers.add(new KeyCalls(calls.client(), token).made().get("secret").asText());
      }
    }
    return bearers;
  }

  private static void putOwnKey(Calls calls, String token) {
    var put =
        calls
            .client()
            .send(
                "PUT",
                "/api/byok/minimax",
                "{\"apiKey\":\"own.key.9\",\"enabled\":true}",
                "authorization",
                "Bearer " + token,
                "content-type",
                "application/json");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
  }

  private static HttpResponse<String> chat(Calls calls, String user) {
    return Chats.send(calls.client(), calls.user(user));
  }

  private static void assertPaidFromCredits(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-gateway-payer")).contains("credits");
  }

  private static void assertUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("\"code\":\"unavailable\"");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
  }

  private static long timed(Runnable deed) {
    var before = System.nanoTime();
    deed.run();
    return System.nanoTime() - before;
  }
}
