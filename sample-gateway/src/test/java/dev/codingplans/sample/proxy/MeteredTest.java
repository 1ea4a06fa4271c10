package dev.codingplans.sample.proxy;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery.Credits;
import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.gateway.spi.usage.Hold;
import dev.codingplans.sample.metered.FakeHold;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeteredTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String EVENTS = "text/event-stream";
  private static final String FIRST =
      "data: {\"choices\":[{\"delta\":{\"content\":\"12345678\"}}]}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String WHOLE =
      "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}";
  private static final Consumption USED = new Consumption(12, 75, false);

  private final FakeHold hold = new FakeHold();
  private volatile Optional<Hold> answer = Optional.of(hold);
  private volatile long held;

  private FakeProvider provider;
  private FakeHost host;
  private Gateway gateway;

  @BeforeEach
  void start() {
    provider = new FakeProvider();
    host =
        FakeHost.selling(
            provider.address(),
            (user, cost) -> {
              held = cost;
              return completedFuture(answer);
            });
    host.decides(new Entitlement.Metered());
    gateway = new Gateway(host);
  }

  @AfterEach
  void stop() {
    gateway.close();
    provider.close();
  }

  @Test
  @DisplayName(
      "E1, E9, M2 the host's key serves, credits pay, and what the provider says is charged")
  void creditsPay() throws Exception {
    provider.answers(200, "application/json", WHOLE);

    var response = gateway.chat();

    assertThat(response.body()).isEqualTo(WHOLE);
    assertThat(response.headers().firstValue("x-gateway-payer")).contains("credits");
    assertThat(provider.takeRequest().header("authorization"))
        .isEqualTo("Bearer " + FakeHost.PLATFORM.reveal());
    assertThat(hold.settled()).isEqualTo(USED);
    // 44 bytes, and a thousand tokens at most.
    assertThat(held).isEqualTo(44 + 10_000);
  }

  @Test
  @DisplayName(
      "M1 who cannot pay for the most that a request costs is refused before anything is sent")
  void refusesWhoCannotPay() throws Exception {
    answer = Optional.empty();

    var response = gateway.chat();

    assertThat(response.statusCode()).isEqualTo(402);
    assertThat(response.body()).contains("\"code\":\"insufficient_credits\"");
    assertThat(provider.wasAsked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"max_tokens\":0", "\"n\":-1", "\"max_tokens\":1e309", "\"n\":\"2\""})
  @DisplayName("M1 hostile numbers are refused before anything is held or sent")
  void refusesHostileNumbers(String field) throws Exception {
    var response =
        gateway.send(gateway.post(CHAT, "{\"model\":\"minimax/MiniMax-M2\"," + field + "}"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(held).isZero();
    assertThat(provider.wasAsked()).isFalse();
  }

  @Test
  @DisplayName("a stream is asked for its usage, which the client did not ask for and does not get")
  void hidesTheUsageOfAStream() throws Exception {
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          exchange.send(FIRST + USAGE.substring(0, 10));
          exchange.send(USAGE.substring(10) + DONE);
        });

    assertThat(stream().body()).isEqualTo(FIRST + DONE);

    assertThat(provider.takeRequest().text())
        .isEqualTo(
            "{\"stream_options\":{\"include_usage\":true},\"model\":\"MiniMax-M2\",\"stream\":true}");
    assertThat(hold.settled()).isEqualTo(USED);
  }

  @Test
  @DisplayName(
      "M3 if the client leaves within a stream, the rest is read and charged as it was used")
  void drainsAfterTheClient() throws Exception {
    var left = new CountDownLatch(1);
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          exchange.send(FIRST);
          FakeProvider.await(left);
          for (int i = 0; i < 1_000; i++) {
            exchange.send(FIRST);
          }
          exchange.send(USAGE + DONE);
        });

    try (var body = gateway.open(gateway.post(CHAT, streamed())).body()) {
      assertThat(body.readNBytes(5)).hasSize(5);
    }
    left.countDown();

    assertThat(hold.settled()).isEqualTo(USED);
  }

  @Test
  @DisplayName(
      "M3 if the client leaves before the answer has begun, it is read and charged all the same")
  void drainsBeforeTheFirstByte() throws Exception {
    var asked = new CountDownLatch(1);
    var left = new CountDownLatch(1);
    provider.answers(
        exchange -> {
          asked.countDown();
          FakeProvider.await(left);
          exchange.stream(EVENTS);
          exchange.send(FIRST + USAGE + DONE);
        });

    try (var client = gateway.connect("HTTP/1.1", streamed())) {
      assertThat(client.isConnected()).isTrue();
      FakeProvider.await(asked);
    }
    left.countDown();

    assertThat(hold.settled()).isEqualTo(USED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName(
      "M3 at a stop an answer is waited for, and then charged by what came, client or none")
  void chargesAtTheStop(boolean clientLeaves) throws Exception {
    provider.answers(
        exchange -> {
          exchange.stream(EVENTS);
          exchange.send(FIRST);
          exchange.awaitDeparture();
        });
    var drains = gateway.part(Drains.class);

    var body = gateway.open(gateway.post(CHAT, streamed())).body();
    assertThat(body.readNBytes(FIRST.length())).hasSize(FIRST.length());
    if (clientLeaves) {
      body.close();
      await().until(() -> figure("gateway.answers.drained") == 1);
    }
    // Who has left has an open request for as long as its answer is read.
    assertThat(figure("gateway.requests.open")).isEqualTo(1);
    var ended = drains.shutdownGracefully().toCompletableFuture();
    assertThat(ended).isNotDone();

    drains.endAll();

    // 44 bytes of input, and a quarter of eight bytes of output.
    assertThat(hold.settled()).isEqualTo(new Consumption(46, 64, true));
    assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
    assertThat(figure("gateway.requests.open")).isZero();
    assertThat(figure("gateway.answers.drained")).isZero();
    body.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 429, 500})
  @DisplayName("M3 an upstream error before any output costs nothing")
  void errorsCostNothing(int status) throws Exception {
    provider.answers(status, "application/json", "{\"error\":{\"message\":\"no\"}}");

    assertThat(gateway.chat().statusCode()).isGreaterThanOrEqualTo(400);

    assertThat(hold.isReleased()).isTrue();
  }

  @Test
  @DisplayName("M3 a stream that the provider breaks off is charged for what came")
  void brokenStreamsAreEstimated() throws Exception {
    provider.answers(
        exchange -> {
          exchange.head(200, EVENTS, "content-length: 100000");
          exchange.send(FIRST);
        });

    try {
      stream();
    } catch (IOException e) {
      // The client's answer breaks off as well.
    }

    // 44 bytes of input, and a quarter of eight bytes of output.
    assertThat(hold.settled()).isEqualTo(new Consumption(46, 64, true));
  }

  @Test
  @DisplayName("E6 a plan that is used up is paid from credits where the user switched that on")
  void goesOnFromCredits() throws Exception {
    host.decides(
        query ->
            completedFuture(
                query.credits() == Credits.TAKEN_INSTEAD_OF_PLAN
                    ? new Entitlement.Metered()
                    : FakeHost.PLAN_KEY));
    var asked = new AtomicInteger();
    provider.answers(
        exchange ->
            exchange.answer(
                200,
                "application/json",
                asked.getAndIncrement() == 0 ? "{\"base_resp\":{\"status_code\":2056}}" : WHOLE));

    var response = gateway.chat();

    assertThat(response.body()).isEqualTo(WHOLE);
    assertThat(response.headers().allValues("x-gateway-payer")).containsExactly("credits");
    assertThat(response.headers().firstValue("x-gateway-plan")).isEmpty();
    assertThat(provider.takeRequest().header("authorization"))
        .isEqualTo("Bearer " + FakeHost.PLAN_SECRET.reveal());
    assertThat(provider.takeRequest().header("authorization"))
        .isEqualTo("Bearer " + FakeHost.PLATFORM.reveal());
    assertThat(hold.settled()).isEqualTo(USED);
  }

  @Test
  @DisplayName("E3 a plan that is used up is not paid from credits where the user did not")
  void neverGoesOnUnasked() throws Exception {
    host.decides(
        query ->
            completedFuture(
                query.credits() == Credits.TAKEN_INSTEAD_OF_PLAN
                    ? new Entitlement.Denied(Entitlement.Reason.NO_ENTITLEMENT, "used up")
                    : FakeHost.PLAN_KEY));
    provider.answers(200, "application/json", "{\"base_resp\":{\"status_code\":2056}}");

    var response = gateway.chat();

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("plan_quota_exhausted");
    assertThat(held).isZero();
  }

  @Test
  @DisplayName("E1 the list of models shows what credits pay for to whoever has some")
  void listsWhatCreditsPay() throws Exception {
    host.decides(
        query ->
            completedFuture(
                query.credits() == Credits.TAKEN
                    ? new Entitlement.Metered()
                    : new Entitlement.Denied(Entitlement.Reason.NO_ENTITLEMENT, "no")));

    assertThat(gateway.send(gateway.request("/v1/models")).body())
        .contains("minimax/MiniMax-M2")
        .doesNotContain("MiniMax-M3");
    assertThat(hold.isReleased()).isTrue();

    answer = Optional.empty();
    assertThat(gateway.send(gateway.request("/v1/models")).body()).doesNotContain("minimax/");
  }

  private double figure(String name) {
    return gateway.part(MeterRegistry.class).get(name).gauge().value();
  }

  private HttpResponse<String> stream() throws IOException, InterruptedException {
    return gateway.send(gateway.post(CHAT, streamed()));
  }

  private static String streamed() {
    return "{\"model\":\"minimax/MiniMax-M2\",\"stream\":true}";
  }
}
