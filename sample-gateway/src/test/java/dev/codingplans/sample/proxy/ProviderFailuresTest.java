package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ProviderFailuresTest {

  private static FakeProvider provider;
  private static FakeHost host;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    provider = new FakeProvider();
    host = FakeHost.withPlugin(provider.address());
    gateway = new Gateway(host);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @BeforeEach
  void reset() {
    provider.forget();
    host.decides(FakeHost.PLAN_KEY);
  }

  @ParameterizedTest(name = "{0} -> {2} {3}")
  @DisplayName("E6 every failure of a provider becomes the gateway's own error object")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "400, `{\"error\":{\"message\":\"bad\"}}`, 400, invalid_request",
        "401, `{\"error\":{\"message\":\"bad\"}}`, 502, provider_rejected_key",
        "403, `no json`, 502, provider_rejected_key",
        "404, `{}`, 404, not_found",
        "408, `{}`, 408, upstream_timeout",
        "409, `{}`, 409, invalid_request",
        "413, `{}`, 413, payload_too_large",
        "422, `{}`, 422, invalid_request",
        "429, `{}`, 429, too_many_requests",
        "429, `{\"base_resp\":{\"status_code\":2056}}`, 429, plan_quota_exhausted",
        "200, `{\"base_resp\":{\"status_code\":2056}}`, 429, plan_quota_exhausted",
        "200, `{\"base_resp\":{\"status_code\":1004}}`, 502, provider_rejected_key",
        "500, `<html></html>`, 502, upstream_unavailable",
        "503, `{}`, 502, upstream_unavailable",
        "302, `{}`, 502, upstream_unavailable"
      })
  void mapsFailures(int status, String body, int answered, String code) throws Exception {
    provider.answers(
        exchange ->
            exchange.answer(
                status, "application/json", body, "location: /elsewhere", "retry-after: 7"));

    var openAi = gateway.chat();
    var anthropic = gateway.message();

    assertThat(openAi.statusCode()).isEqualTo(answered);
    assertThat(openAi.body()).startsWith("{\"error\":{\"message\":").contains("\"code\":\"" + code);
    assertThat(openAi.headers().firstValue("x-gateway-payer")).contains("plan");
    assertThat(openAi.headers().firstValue("retry-after")).contains("7");
    assertThat(openAi.headers().firstValue("location")).isEmpty();
    assertThat(anthropic.statusCode()).isEqualTo(answered);
    assertThat(anthropic.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + code);
  }

  @Test
  @DisplayName("E6 a failure that comes as a stream of events is one too")
  void mapsFailuresInStreams() throws Exception {
    provider.answers(
        exchange -> {
          exchange.stream("text/event-stream; charset=utf-8");
          exchange.send(
              ": ping\r\n"
                  + "event: error\r\n"
                  + "data: {\"base_resp\":{\"status_code\":2056,\"status_msg\":\"no"
                  + " more\"}}\r\n\r\n");
        });

    var answer = gateway.chat();

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("\"code\":\"plan_quota_exhausted\"", "no more");
  }

  @Test
  @DisplayName("E6 a rejected key is never replaced by the host's, and no log or answer holds it")
  void neverShowsTheKey() throws Exception {
    host.decides(new Entitlement.OwnKey(Secret.of("users.own.key")));
    provider.answers(401, "application/json", "{\"message\":\"wrong key: users.own.key\"}");
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    var root = (Logger) LoggerFactory.getLogger("dev.codingplans");
    root.addAppender(log);

    var answer = gateway.chat();
    root.detachAppender(log);

    assertThat(answer.body()).contains("wrong key: [redacted]").doesNotContain("users.own.key");
    assertThat(provider.takeRequest().header("authorization")).isEqualTo("Bearer users.own.key");
    assertThat(provider.wasAsked()).isFalse();
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(line -> line.contains("rejected the key"))
        .noneMatch(line -> line.contains("users.own.key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/plain", "application/x-ndjson"})
  @DisplayName("P5 a page that shows the caller's key is no answer, whatever its type and status")
  void neverRelaysTheKey(String type) throws Exception {
    host.decides(new Entitlement.OwnKey(Secret.of("users.own.key")));
    provider.answers(200, type, "<pre>Authorization: Bearer users.own.key</pre>");

    var answer = gateway.chat();

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("upstream_unavailable").doesNotContain("users.own.key");
  }

  @Test
  @DisplayName("E9 the request log names payer, reason, provider and model in one safe line")
  void logsThePayer() throws Exception {
    provider.answers(200, "application/json", "{}");
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    var logger = (Logger) LoggerFactory.getLogger(RequestLog.class);
    logger.setLevel(Level.INFO);
    logger.addAppender(log);

    gateway.send(
        gateway
            .post("/v1/chat/completions", "{\"model\":\"minimax/a\\nb\"}")
            .header("x-correlation-id", "request-1"));
    logger.detachAppender(log);
    logger.setLevel(null);

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "request=request-1 provider=minimax model=a?b status=200 payer=plan why=\"plan"
                + " minimax-token-plan-plus\"");
  }

  @Test
  @DisplayName("an endless error body is cut off")
  void cutsEndlessErrors() throws Exception {
    provider.answers(
        exchange -> {
          exchange.head(500, "application/json", "transfer-encoding: chunked");
          while (true) {
            exchange.send("4000\r\n" + "x".repeat(0x4000) + "\r\n");
          }
        });

    assertThat(gateway.chat().body()).contains("upstream_unavailable");
  }

  @Test
  @DisplayName("without a plugin the host's own key serves, and nobody is named as payer")
  void servesWithoutPlugin() throws Exception {
    provider.answers(200, "application/json", "{}");
    try (var plain =
        new Gateway(FakeHost.plain(provider.address(), Optional.of(Secret.of("hk"))))) {
      var answer = plain.chat();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-gateway-payer")).isEmpty();
      assertThat(provider.takeRequest().header("authorization")).isEqualTo("Bearer hk");
      assertThat(plain.send(plain.request("/v1/models")).body())
          .isEqualTo("{\"object\":\"list\",\"data\":[]}");
      assertThat(plain.send(plain.post("/v1/messages", "{\"model\":\"other/m\"}")).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  @DisplayName("without a plugin and without a key of its own the gateway serves nobody")
  void refusesWithoutKey() throws Exception {
    try (var plain = new Gateway(FakeHost.plain(provider.address(), Optional.empty()))) {
      var answer = plain.chat();

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("\"code\":\"no_entitlement\"");
    }
  }
}
