package dev.codingplans.plugin.time;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimeTest {

  private static final Map<String, String> OFF = Map.of("CODING_PLANS_TEST_CLOCK", "false");

  @Test
  @DisplayName("T1 waiting for the account lock does not make time stand still")
  void timeIsReadUnderTheLock() throws Exception {
    try (var plugin = TestPlugin.start();
        var other = plugin.database().connect();
        var statement = other.createStatement();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      plugin.credit("ann", 20);
      plugin.stock(PLUS, 1);
      other.setAutoCommit(false);
      statement.execute("select from coding_plans.credit_account for update");

      var purchase = threads.submit(() -> plugin.buy("ann", PLUS));
      await()
          .until(
              () ->
                  !plugin
                      .database()
                      .text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                      .equals("0"));
      var released = Instant.parse(now(plugin));
      other.rollback();

      assertThat(Instant.parse(purchase.get().json().get("createdAt").asText())).isAfter(released);
    }
  }

  @Test
  @DisplayName(
      "T2 an admin moves time forward, for all nodes, only forward and only by whole seconds")
  void testClock() {
    var db = TestDatabase.fresh();
    try (var one = TestPlugin.on(db);
        var two = TestPlugin.on(db)) {
      var before = Instant.parse(now(one));

      var moved = Instant.parse(advance(one, "P30D").json().get("now").asText());

      assertThat(moved).isCloseTo(before.plus(Duration.ofDays(30)), within(10, ChronoUnit.SECONDS));
      assertThat(Instant.parse(now(two))).isAfterOrEqualTo(moved);
      for (String refused : List.of("-P1D", "PT0S", "PT0.5S", "P1M", "P1000000D", "soon")) {
        assertThat(advance(one, refused).code()).isEqualTo("invalid_request");
      }
    }
  }

  @Test
  @DisplayName("T2 the test clock is off unless it is switched on, and then there is no such call")
  void off() {
    try (var plugin = TestPlugin.on(TestDatabase.fresh(), OFF, List.of())) {
      assertThat(plugin.get("/admin/api/test-clock", "admin:root").status()).isEqualTo(404);
      assertThat(advance(plugin, "P1D").code()).isEqualTo("not_found");
    }
  }

  @Test
  @DisplayName("T2 a database whose time was moved is refused with the test clock off")
  void movedButOff() {
    var db = TestDatabase.fresh();
    try (var plugin = TestPlugin.on(db)) {
      advance(plugin, "P1D");
    }
    assertThatThrownBy(() -> TestPlugin.on(db, OFF, List.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("CODING_PLANS_TEST_CLOCK");
  }

  private static String now(TestPlugin plugin) {
    return plugin.get("/admin/api/test-clock", "admin:root").json().get("now").asText();
  }

  private static TestPlugin.Answer advance(TestPlugin plugin, String by) {
    return plugin.call(
        "POST", "/admin/api/test-clock", "admin:root", "{\"advance\": \"" + by + "\"}");
  }
}
