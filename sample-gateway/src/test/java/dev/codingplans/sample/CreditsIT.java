package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.sample.proxy.FakeProvider;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models sold from credits, in the gateway as it is installed. */
@DisplayName("The gateway that sells from credits")
class CreditsIT {

  private static final String USER = "ada";
  private static final String CHAT =
      "{\"model\":\"" + Calls.MODEL + "\",\"stream\":true,\"messages\":[]}";
  private static final String STREAM = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":1000}}\n\n";

  @TempDir private Path folder;

  @Test
  @DisplayName("E1, M1, M2 who has credits and nothing else chats, and pays what it cost")
  void chatsFromCredits() {
    try (var provider = new FakeProvider();
        var gateway = run(provider)) {
      var client = gateway.awaitServing();
      var calls = new Calls(client);
      provider.answers(
          exchange -> {
            exchange.stream("text/event-stream");
            exchange.send(STREAM + USAGE + "data: [DONE]\n\n");
          });

      assertThat(chat(calls).statusCode()).isEqualTo(402);
      assertThat(chat(calls).body()).contains("\"code\":\"insufficient_credits\"");
      assertThat(provider.wasAsked()).isFalse();
      assertThat(calls.fund(USER).statusCode()).isEqualTo(201);
      var answer = chat(calls);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-gateway-payer")).contains("credits");
      assertThat(answer.body()).isEqualTo(STREAM + "data: [DONE]\n\n");
      // 50 tokens at 0.3 and a thousand at 1.2 microdollars, soon after the end of the answer.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(balance(calls)).isEqualTo(Calls.PRICE - 1_215));
      calls.assertReconciled();
    }
  }

  @Test
  @DisplayName("M2, M3 a gateway that stops within an answer charges what came of it")
  void chargesAtTheStop() throws InterruptedException {
    var begun = new CountDownLatch(1);
    try (var provider = new FakeProvider()) {
      provider.answers(
          exchange -> {
            exchange.stream("text/event-stream");
            exchange.send(STREAM);
            begun.countDown();
            exchange.awaitDeparture();
          });
      try (var gateway = run(provider)) {
        var calls = new Calls(gateway.awaitServing());
        assertThat(calls.fund(USER).statusCode()).isEqualTo(201);
        var cutOff = CompletableFuture.runAsync(() -> chat(calls));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        gateway.terminate();

        assertThat(gateway.awaitExit(Duration.ofSeconds(60))).isIn(0, 143);
        assertThat(cutOff).isCompletedExceptionally();
      }
      try (var gateway = run(provider)) {
        var calls = new Calls(gateway.awaitServing());
        // As many tokens at 0.3 as the body has bytes, and one at 1.2; a fraction costs as a whole.
        var cost = (CHAT.length() * 3 + 12 + 9) / 10;
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(balance(calls)).isEqualTo(Calls.PRICE - cost));
        calls.assertReconciled();
      }
    }
  }

  private static long balance(Calls calls) {
    var credits = Calls.json(calls.get(calls.user(USER), "/api/credits"));
    return credits.get("balanceMicrodollars").asLong();
  }

  private static HttpResponse<String> chat(Calls calls) {
    return calls.post(calls.user(USER), "/v1/chat/completions", "-", CHAT);
  }

  private GatewayProcess run(FakeProvider provider) {
    return GatewayProcess.run(
        folder,
        Map.of(
            "GATEWAY_PORT",
            "0",
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JWT_SECRET",
            Given.JWT_SECRET,
            "CODING_PLANS_KEYSET",
            "file:" + folder.resolve("keyset.json"),
            "MINIMAX_BASE_URL",
            provider.address().toString(),
            "MINIMAX_PLATFORM_KEY",
            "sk-platform-of-the-host"));
  }
}
