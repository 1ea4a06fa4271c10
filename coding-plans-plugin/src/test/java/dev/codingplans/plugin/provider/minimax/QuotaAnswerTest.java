package dev.codingplans.plugin.provider.minimax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.provider.QuotaWindow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaAnswerTest {

  private static final String TIMES =
      "\"start_time\":1767600000000,\"end_time\":1767618000000,\"weekly_start_time\":1767571200000,"
          + "\"weekly_end_time\":1768176000000";

  @Test
  @DisplayName("U2 the windows are the short term and the week, in this order")
  void windows() {
    var row =
        general(
            "\"current_interval_remaining_percent\":80,\"current_interval_status\":1,"
                + "\"current_weekly_remaining_percent\":55,\"current_weekly_status\":1");

    assertThat(answer("[" + row + "]").windows().orElseThrow())
        .containsExactly(
            new QuotaWindow(
                "short_term",
                new BigDecimal("80"),
                Instant.parse("2026-01-05T13:00:00Z"),
                Optional.of(Instant.parse("2026-01-05T08:00:00Z")),
                new QuotaWindow.Period("hour", 5)),
            new QuotaWindow(
                "weekly",
                new BigDecimal("55"),
                Instant.parse("2026-01-12T00:00:00Z"),
                Optional.of(Instant.parse("2026-01-05T00:00:00Z")),
                new QuotaWindow.Period("week", 1)));
  }

  @ParameterizedTest(name = "{0} % boosted by {1} at status {2} is {3} %")
  @DisplayName("U2 a percentage is boosted, and zero once the window is used up")
  @CsvSource({
    "80, 1000, 1, 80", "80, 1500, 1, 120", "33, 1250, 1, 41.25", "100, 1000, 1, 100",
    "0, 2000, 1, 0", "40, 1000, 2, 0", "12.5, 1000, 1, 12.5", "70, null, 1, 70"
  })
  void boosts(String percent, String boost, int status, String shown) {
    var row =
        general(
            "\"current_interval_remaining_percent\":%s,\"interval_boost_permille\":%s,\"current_interval_status\":%d,\"current_weekly_status\":3"
                .formatted(percent, boost, status));

    assertThat(answer("[" + row + "]").windows().orElseThrow())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.id()).isEqualTo("short_term");
              assertThat(window.remainingPercent().toString()).isEqualTo(shown);
            });
  }

  @ParameterizedTest
  @DisplayName("U2 what is no such answer has no windows")
  @ValueSource(
      strings = {
        "[{\"model_name\":\"MiniMax-M2\"}]",
        "[{\"model_name\":\"general\"},{\"model_name\":\"general\"}]",
        "[{\"model_name\":\"general\"}]",
        "[{\"model_name\":\"general\",\"end_time\":\"soon\",\"current_interval_remaining_percent\":1}]",
        "[{\"model_name\":\"general\",\"end_time\":1767618000000,\"current_interval_remaining_percent\":-1}]",
        "[{\"model_name\":\"general\",\"end_time\":1767618000000,\"current_interval_remaining_percent\":\"1\"}]",
        "[{\"model_name\":\"general\",\"end_time\":99999999999999999999,\"current_interval_remaining_percent\":1}]",
        "[{\"model_name\":\"general\",\"end_time\":1767618000000,\"current_interval_remaining_percent\":1e999,\"current_weekly_status\":3}]",
        "[{\"model_name\":\"general\",\"end_time\":1767618000000,\"current_interval_remaining_percent\":1e300,\"current_weekly_status\":3}]",
        "[{\"model_name\":\"general\",\"end_time\":1767618000000,\"current_interval_remaining_percent\":1e-300,\"current_weekly_status\":3}]",
        "[7]"
      })
  void unreadable(String rows) {
    assertThat(answer(rows).windows()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("U2 no row at all means no plan, and no list at all means no answer")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"base_resp\":{\"status_code\":0},\"model_remains\":null} | true | false",
        "{\"base_resp\":{\"status_code\":0},\"model_remains\":[]} | true | false",
        "{\"base_resp\":{\"status_code\":0},\"model_remains\":[{}]} | true | true",
        "{\"base_resp\":{\"status_code\":0}} | false | false",
        "{\"model_remains\":[{}]} | false | true",
        "{\"base_resp\":{\"status_code\":0},\"model_remains\":{\"a\":1}} | false | true",
        "nothing | false | false"
      })
  void plan(String body, boolean wellFormed, boolean plan) {
    var answer = new QuotaAnswer(MiniMax.json(body.getBytes(StandardCharsets.UTF_8)));

    assertThat(answer.isWellFormed()).isEqualTo(wellFormed);
    assertThat(answer.hasPlan()).isEqualTo(plan);
  }

  @ParameterizedTest
  @DisplayName("I4 the tier is the first of the three fields that says anything")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"plan\":\"c\",\"plan_name\":\"b\",\"current_subscribe_title\":\" a \" | a",
        "\"plan\":\"c\",\"plan_name\":\"b\" | b",
        "\"plan\":\"c\",\"plan_name\":\" \",\"current_subscribe_title\":null | c",
        "\"plan\":{\"name\":\"x\"},\"title\":\"y\" | "
      })
  void title(String fields, String title) {
    var answer =
        new QuotaAnswer(MiniMax.json(("{" + fields + "}").getBytes(StandardCharsets.UTF_8)));

    assertThat(answer.title()).isEqualTo(Optional.ofNullable(title));
  }

  private static String general(String fields) {
    return "{\"model_name\":\"general\"," + TIMES + "," + fields + "}";
  }

  private static QuotaAnswer answer(String rows) {
    var body = "{\"base_resp\":{\"status_code\":0},\"model_remains\":" + rows + "}";
    return new QuotaAnswer(MiniMax.json(body.getBytes(StandardCharsets.UTF_8)));
  }
}
