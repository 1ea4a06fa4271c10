package dev.codingplans.plugin.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A failed call")
class FailureTest {

  private static final Logger LOGGER = Logger.getLogger(FailureHandler.class.getName());
  private static TestPlugin plugin;

  private final Lines log = new Lines();

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @BeforeEach
  void listen() {
    LOGGER.addHandler(log);
  }

  @AfterEach
  void mend() {
    LOGGER.removeHandler(log);
    plugin.database().execute("drop trigger if exists broken on coding_plans.byok_key");
    plugin.database().execute("alter table coding_plans.byok_key drop constraint if exists broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"55P03", "40001", "40P01", "57014", "53300"})
  @DisplayName("that may go well a moment later is unavailable, and one line in the log")
  void momentary(String state) {
    failWith(state);

    var answer = putKey();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("unavailable");
    assertThat(answer.header("retry-after")).isNotEmpty();
    assertThat(log.records).hasSize(1);
    assertThat(log.text())
        .hasLineCount(1)
        .contains(state, "DataAccessException", answer.header("x-correlation-id"));
  }

  @Test
  @DisplayName("for another reason is an internal error, with its stack trace in the log")
  void fault() {
    failWith("XX000");

    var answer = putKey();

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.code()).isEqualTo("internal_error");
    assertThat(log.text()).contains("\tat ", answer.header("x-correlation-id"));
  }

  @Test
  @DisplayName("shows no row of the database in the log")
  void noRowContents() {
    plugin
        .database()
        .execute(
            "alter table coding_plans.byok_key add constraint broken check (user_id <> 'ann-of-the-row')");

    var answer =
        plugin.call(
            "PUT",
            "/api/byok/minimax",
            "user:ann-of-the-row",
            "{\"apiKey\": \"sk-secret-key\", \"enabled\": true}");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(log.text()).contains("broken").doesNotContain("Failing row", "ann-of-the-row");
  }

  private static void failWith(String state) {
    plugin
        .database()
        .execute(
            """
            create or replace function coding_plans.fail() returns trigger language plpgsql as $$
            begin
              raise exception 'on purpose' using errcode = '%s';
            end
            $$"""
                .formatted(state));
    plugin
        .database()
        .execute(
            """
            create trigger broken before insert on coding_plans.byok_key
              for each row execute function coding_plans.fail()""");
  }

  private static Answer putKey() {
    return plugin.call(
        "PUT",
        "/api/byok/minimax",
        "user:ann",
        "{\"apiKey\": \"sk-key-of-ann\", \"enabled\": true}");
  }

  private static final class Lines extends Handler {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      records.add(line);
    }

    String text() {
      var text = new StringWriter();
      var out = new PrintWriter(text);
      for (var line : records) {
        out.println(new SimpleFormatter().formatMessage(line));
        if (line.getThrown() != null) {
          line.getThrown().printStackTrace(out);
        }
      }
      return text.toString().strip();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
