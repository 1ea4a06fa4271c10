package dev.codingplans.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.plugin.support.FakeEndpoint;
import dev.codingplans.plugin.support.HostProcess;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed again and again while it delivers. */
class KilledDeliveryIT {

  private static final Path JAR = Path.of(System.getProperty("dropin.jar"));
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLS = 10;
  private static final int CREDITS = 20;
  private static final int USERS = 40;

  @TempDir Path folder;

  private final TestDatabase db = TestDatabase.fresh();
  private final FakeEndpoint endpoint = new FakeEndpoint();

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  @DisplayName(
      "F2 a process killed ten times while it delivers loses no event, and keeps the order")
  void killedTenTimes() throws Exception {
    Files.createDirectory(folder.resolve("plugins"));
    Files.copy(JAR, folder.resolve("plugins").resolve("coding-plans.jar"));
    endpoint.answerWith(
        exchange -> {
          LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
          FakeEndpoint.answer(exchange, 200, "");
        });

    for (int kill = 0; kill < KILLS; kill++) {
      // Its end is a kill, with some deliveries under way.
      try (var host = start()) {
        for (int i = 0; i < CREDITS; i++) {
          credit(host, "user-" + (kill * CREDITS + i) % USERS, kill * CREDITS + i + 1);
        }
      }
    }

    try (var host = start()) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  db.text(
                          """
                          select count(*) from coding_plans.event_delivery
                           where listener = 'crm' and delivered_at is null""")
                      .equals("0"));
      assertThat(host.lines()).noneMatch(line -> line.contains("whsec_"));
    }
    assertThat(db.text("select max(attempts) from coding_plans.event_delivery")).isNotEqualTo("1");
    assertThat(db.text("select count(*) from coding_plans.event"))
        .isEqualTo(String.valueOf(KILLS * CREDITS));
    assertThat(IntStream.range(0, USERS).mapToObj(i -> "user-" + i))
        .allSatisfy(
            user ->
                assertThat(received(user))
                    .isEqualTo(
                        db.texts(
                            "select id from coding_plans.event where user_id = ? order by id",
                            user)));
  }

  /** Each event once, where it was received first. */
  private List<String> received(String user) {
    return endpoint.received().stream()
        .map(request -> json(request.body()))
        .filter(event -> event.at("/data/userId").asText().equals(user))
        .map(event -> event.get("id").asText())
        .distinct()
        .toList();
  }

  private HostProcess start() throws IOException {
    var webhooks =
        """
        [{"name": "crm", "url": "%s", "secret": "whsec_c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtMDE="}]"""
            .formatted(endpoint.url());
    return HostProcess.start(
        folder, TestPlugin.settings(db, Map.of("CODING_PLANS_WEBHOOKS", webhooks)));
  }

  private static void credit(HostProcess host, String user, int number) throws Exception {
    var credit =
        """
        {"amountMicrodollars": %d, "kind": "granted_credit", "reason": "test"}"""
            .formatted(number);
    var answer =
        host.call(
            "POST",
            "/admin/api/users/" + user + "/credits",
            "root:pear",
            credit,
            "Idempotency-Key",
            "credit-" + number);
    TestPlugin.require(answer, 201);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
