package dev.codingplans.sample;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.sample.proxy.FakeProvider;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A gateway that is killed while a request is paid from credits")
class KilledLeaseIT {

  private static final String USER = "ada";

  /** Enough for what one request costs at most, and not for two. */
  private static final long BALANCE = 100_000;

  private static final String ANSWER =
      """
      {"choices":[{"message":{"content":"Hi"}}],"usage":{"prompt_tokens":40,"completion_tokens":1000}}""";

  @TempDir private Path folder;

  @Test
  @DisplayName("M4 takes nothing, and what it had leased is the user's again within 30 s")
  void leasesComeBack() {
    try (var provider = new FakeProvider();
        var installation =
            new Installation(folder, provider.address())
                .with("MINIMAX_PLATFORM_KEY", "sk-platform-of-the-host")) {
      killDuringRequest(provider, installation);

      try (var gateway = installation.run()) {
        var calls = new Calls(gateway.awaitServing());
        provider.answers(200, "application/json", ANSWER);
        assertThat(balance(calls)).isEqualTo(BALANCE);
        await()
            .pollInterval(Duration.ofMillis(500))
            .atMost(Duration.ofSeconds(60))
            .until(() -> chat(calls), chat -> chat.statusCode() == 200);
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(balance(calls)).isEqualTo(BALANCE - 1_212));
        calls.assertReconciled();
        assertThat(gateway.output()).doesNotContain("ERROR");
      }
    }
  }

  private static void killDuringRequest(FakeProvider provider, Installation installation) {
    var isAsked = new CountDownLatch(1);
    provider.answers(
        exchange -> {
          isAsked.countDown();
          exchange.awaitDeparture();
        });
    try (var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      fund(calls);
      var request = CompletableFuture.supplyAsync(() -> chat(calls));
      await().atMost(Duration.ofSeconds(30)).until(() -> isAsked.getCount() == 0);
      // So that it has its whole life before it when its node is gone.
      assertThat(chat(calls).statusCode()).isEqualTo(402);
      gateway.kill();
      gateway.awaitExit();
      assertThat(request.handle((answer, gone) -> gone)).succeedsWithin(30, SECONDS).isNotNull();
    }
    assertThat(
            installation.rows(
                """
                select granted_microdollars, charged_microdollars,
                       expires_at <= clock_timestamp() + interval '30 seconds'
                  from coding_plans.credit_lease"""))
        .containsExactly(BALANCE + " 0 t");
  }

  private static void fund(Calls calls) {
    var funded =
        calls.post(
            calls.admin(),
            "/admin/api/users/" + USER + "/credits",
            "fund",
            "{\"amountMicrodollars\":"
                + BALANCE
                + ",\"kind\":\"paid_credit\",\"reason\":\"a test\"}");
    assertThat(funded.statusCode()).as(funded.body()).isEqualTo(201);
  }

  private static long balance(Calls calls) {
    var credits = Calls.json(calls.get(calls.user(USER), "/api/credits"));
    return credits.get("balanceMicrodollars").asLong();
  }

  private static HttpResponse<String> chat(Calls calls) {
    return calls.post(
        calls.user(USER),
        "/v1/chat/completions",
        "-",
        "{\"model\":\"" + Calls.MODEL + "\",\"messages\":[]}");
  }
}
