package dev.codingplans.plugin.event.delivery;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.codingplans.plugin.support.Ear;
import dev.codingplans.plugin.support.Eavesdropper;
import dev.codingplans.plugin.support.FakeEndpoint;
import dev.codingplans.plugin.support.FakeEndpoint.Received;
import dev.codingplans.plugin.support.ListeningHost;
import dev.codingplans.plugin.support.RecordedMeters;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WebhookTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY = "?token=hunter2";
  private static final String SECRET = secret('s');
  private static final String NEW_SECRET = secret('n');

  private final TestDatabase db = TestDatabase.fresh();
  private final FakeEndpoint endpoint = new FakeEndpoint();
  private final FakeEndpoint other = new FakeEndpoint();

  @AfterEach
  void close() {
    endpoint.close();
    other.close();
  }

  @Test
  @DisplayName("F2 a webhook is a POST that verifies after Standard Webhooks")
  void signed() throws Exception {
    try (var node = start(webhook("crm", endpoint.url(), SECRET, "subscription.*"))) {
      node.stock(PLUS, 1);
      node.credit("ann", 25);
      TestPlugin.require(node.buy("ann", PLUS), 201);

      var received = onlyOf(endpoint);

      new Webhook(SECRET).verify(received.body(), received.headers());
      assertThat(received.header("webhook-signature")).isEqualTo("v1," + hmac(received, 's'));
      assertThatThrownBy(() -> new Webhook(NEW_SECRET).verify(received.body(), received.headers()))
          .isInstanceOf(WebhookVerificationException.class);
      assertThat(received.header("content-type")).isEqualTo("application/json");
      var body = JSON.readTree(received.body());
      assertThat(body.properties())
          .extracting(Map.Entry::getKey)
          .containsExactly("id", "type", "timestamp", "data");
      assertThat(body.get("id").asText()).isEqualTo(received.header("webhook-id"));
      assertThat(body.get("type").asText()).isEqualTo("subscription.activated");
      assertThat(Instant.parse(body.get("timestamp").asText())).isNotNull();
      assertThat(body.at("/data/userId").asText()).isEqualTo("ann");
      assertThat(body.at("/data/planId").asText()).isEqualTo(PLUS);
    }
  }

  @Test
  @DisplayName("F2 while a secret is changed, each request verifies with the old and the new one")
  void rotation() {
    try (var node = start(webhook("crm", endpoint.url(), NEW_SECRET + " " + SECRET, "*"))) {
      node.credit("ann", 1);
      var received = onlyOf(endpoint);

      for (String secret : new String[] {SECRET, NEW_SECRET}) {
        assertThatCode(() -> new Webhook(secret).verify(received.body(), received.headers()))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  @DisplayName(
      "F2 a dead endpoint blocks nobody: a webhook and a listener get everything meanwhile")
  void deadEndpoint() {
    var ear = new Ear("mirror");
    var meters = new RecordedMeters();
    endpoint.close();
    var hooks =
        webhook("dead", endpoint.url() + QUERY, SECRET, "*")
            + ","
            + webhook("alive", other.url(), SECRET, "*");
    try (var log = Eavesdropper.listeningFor("whsec_", SECRET.substring(6), QUERY);
        var node = ListeningHost.start(db, settings(hooks, "PT5S"), meters, ear)) {
      for (int i = 0; i < 50; i++) {
        node.credit("user-" + i % 10, 1 + i);
      }

      await().atMost(PATIENCE).until(() -> ear.count() == 50 && other.received().size() == 50);
      await().atMost(PATIENCE).until(() -> meters.value("events.pending{", "dead") == 50);

      await().atMost(PATIENCE).until(() -> meters.value("events.attempts", "dead", "failed") >= 10);

      var pending = deliveries(node, "listener=dead&state=pending&limit=100");
      assertThat(pending).hasSize(50);
      assertThat(pending)
          .filteredOn(each -> each.get("attempts").asInt() > 0)
          .hasSize(10)
          .allSatisfy(
              each -> {
                assertThat(each.get("lastError").asText()).isEqualTo("java.net.ConnectException");
                assertThat(each.get("deliveredAt").isNull()).isTrue();
                assertThat(Instant.parse(each.get("nextAttemptAt").asText())).isNotNull();
              });
      assertThat(deliveries(node, "listener=dead&state=delivered")).isEmpty();
      assertThat(deliveries(node, "listener=alive&state=delivered&limit=100")).hasSize(50);
      assertThat(meters.value("events.attempts", "dead", "failed")).isGreaterThanOrEqualTo(10);
      assertThat(meters.value("events.attempts", "alive", "delivered")).isEqualTo(50);
      assertThat(log.caught()).isEmpty();
      assertThat(log.heard()).contains(DeliveryRecord.class.getName() + " WARNING");
      assertThat(node.get("/admin/api/events/deliveries?limit=100", "admin:root").body())
          .doesNotContain("whsec_", QUERY);
    }
  }

  @Test
  @DisplayName("F2 a redirect is not followed, and no answer but a success counts")
  void redirect() {
    endpoint.answerWith(
        exchange -> {
          exchange.getResponseHeaders().add("location", other.url());
          FakeEndpoint.answer(exchange, 307, "secret of the endpoint");
        });
    try (var node = start(webhook("crm", endpoint.url(), SECRET, "*"))) {
      node.credit("ann", 1);
      await().atMost(PATIENCE).until(() -> endpoint.received().size() >= 2);

      assertThat(other.received()).isEmpty();
      assertThat(deliveries(node, "state=pending").get(0).get("lastError").asText())
          .isEqualTo("status 307");

      endpoint.answerWith(exchange -> FakeEndpoint.answer(exchange, 204, ""));
      await().atMost(PATIENCE).until(() -> deliveries(node, "state=delivered").size() == 1);
    }
  }

  @Test
  @DisplayName(
      "F2 an endpoint that is slow is given up after ten seconds, and keeps nobody waiting")
  void slow() {
    var end = new CountDownLatch(1);
    var slow = new AtomicBoolean(true);
    endpoint.answerWith(
        exchange -> {
          if (slow.getAndSet(false)) {
            awaitQuietly(end);
          }
          FakeEndpoint.answer(exchange, 200, "");
        });
    try (var node = start(webhook("crm", endpoint.url(), SECRET, "*"))) {
      node.credit("slow", 1);
      await().atMost(PATIENCE).until(() -> !slow.get());
      node.credit("quick", 1);
      await().atMost(PATIENCE).until(() -> deliveries(node, "state=delivered").size() == 1);
      assertThat(deliveries(node, "state=pending")).hasSize(1);

      await().atMost(PATIENCE).until(() -> deliveries(node, "state=delivered").size() == 2);
      var last = deliveries(node, "").get(1);
      assertThat(last.get("userId").asText()).isEqualTo("slow");
      assertThat(last.get("attempts").asInt()).isEqualTo(2);
    } finally {
      end.countDown();
    }
  }

  @Test
  @DisplayName("F2 an answer that never ends is cut, and its status counts")
  void endlessAnswer() {
    endpoint.answerWith(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100_000; i++) {
            exchange.getResponseBody().write(new byte[1_024]);
          }
        });
    try (var node = start(webhook("crm", endpoint.url(), SECRET, "*"))) {
      node.credit("ann", 1);
      await().atMost(PATIENCE).until(() -> deliveries(node, "state=delivered").size() == 1);
      assertThat(endpoint.received()).hasSize(1);
    }
  }

  @Test
  @DisplayName("F2 what is too old is abandoned, visible, and lets the user's later events through")
  void abandoned() {
    endpoint.answerWith(
        exchange -> FakeEndpoint.answer(exchange, endpoint.received().size() == 1 ? 500 : 200, ""));
    var settings = settings(webhook("crm", endpoint.url(), SECRET, "*"), "PT1S");
    settings.put("CODING_PLANS_EVENT_ABANDON_AFTER", "PT0S");
    var meters = new RecordedMeters();
    try (var node = ListeningHost.start(db, settings, meters)) {
      node.credit("ann", 1);
      node.credit("ann", 2);
      await().atMost(PATIENCE).until(() -> deliveries(node, "state=delivered").size() == 1);

      var abandoned = deliveries(node, "state=abandoned");
      assertThat(abandoned).hasSize(1);
      assertThat(abandoned.get(0).get("lastError").asText()).isEqualTo("status 500");
      assertThat(abandoned.get(0).get("nextAttemptAt").isNull()).isTrue();
      assertThat(meters.value("events.attempts", "abandoned")).isEqualTo(1);
    }
  }

  /** Whoever delivers meanwhile may be in the way, as of any node's own look at the months. */
  private void dropOldMonths() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(TestDatabase.DatabaseRefusal.class)
        .until(() -> db.execute("select coding_plans.drop_event_months('90 seconds')") == 0);
  }

  @Test
  @DisplayName("F2 old months of events go, but none in which somebody is still to be told")
  void retention() {
    var dead = webhook("dead", "http://127.0.0.1:9/", SECRET, "stock.*,credit.*");
    var settings = settings(dead + "," + webhook("crm", other.url(), SECRET, "*"), "PT60S");
    settings.put("CODING_PLANS_EVENT_RETENTION", "PT90S");
    try (var node = ListeningHost.start(db, settings)) {
      // So much that nobody is told that it runs low.
      node.stock(PLUS, 10);
      node.credit("ann", 25);
      TestPlugin.require(node.buy("ann", PLUS), 201);
      await().atMost(PATIENCE).until(() -> other.received().size() == 2);
      await().atMost(PATIENCE).until(() -> deliveries(node, "state=delivered").size() == 2);
      moveToLongAgo("event");
      moveToLongAgo("event_delivery");
      node.credit("bob", 1);

      dropOldMonths();
      assertThat(db.texts("select type || user_id from coding_plans.event order by id"))
          .containsExactly("credit.addedann", "subscription.activatedann", "credit.addedbob");

      db.execute(
          """
          update coding_plans.event_delivery
             set abandoned_at = now()
           where user_id = 'ann' and delivered_at is null""");
      await()
          .atMost(PATIENCE)
          .until(() -> db.text("select count(*) from coding_plans.event").equals("1"));
      assertThat(db.texts("select distinct user_id from coding_plans.event_delivery"))
          .containsExactly("bob");
    }
  }

  /** Makes an old month of all that is there. */
  private void moveToLongAgo(String log) {
    db.execute(
        "alter table coding_plans.%1$s detach partition coding_plans.%1$s_first".formatted(log));
    db.execute("update coding_plans.%s_first set recorded_at = '2020-01-15Z'".formatted(log));
    db.execute(
        """
        alter table coding_plans.%1$s attach partition coding_plans.%1$s_first
          for values from (minvalue) to ('2020-02-01Z')"""
            .formatted(log));
    db.execute("select coding_plans.make_months('%s')".formatted(log));
  }

  @Test
  @DisplayName("F2 what waits for a listener that is no more is given up one day, and says so")
  void forgottenListener() {
    var settings = settings(webhook("crm", endpoint.url(), SECRET, "*"), "PT1S");
    settings.put("CODING_PLANS_EVENT_RETENTION", "PT90S");
    try (var node = ListeningHost.start(db, settings)) {
      node.credit("ann", 1);
      db.execute(
          """
          insert into coding_plans.event_delivery (listener, event_id, user_id, created_at)
          select 'gone', id, user_id, clock_timestamp() - days * interval '1 day'
            from (select id, user_id from coding_plans.event limit 1) event, unnest('{4}'::int[]) days""");
      await()
          .atMost(PATIENCE)
          .until(() -> deliveries(node, "listener=gone&state=abandoned").size() == 1);
    }
  }

  @Test
  @DisplayName("F2 the list of deliveries is paged, filtered, and the admins' alone")
  void list() {
    try (var node = start(webhook("crm", endpoint.url(), SECRET, "*"))) {
      IntStream.rangeClosed(1, 5).forEach(i -> node.credit("ann", i));
      await().atMost(PATIENCE).until(() -> deliveries(node, "state=delivered").size() == 5);

      var first = node.get("/admin/api/events/deliveries?limit=3", "admin:root").json();
      assertThat(first.get("items")).hasSize(3);
      var rest =
          node.get(
                  "/admin/api/events/deliveries?limit=3&cursor=" + first.get("nextCursor").asText(),
                  "admin:root")
              .json();
      assertThat(rest.get("items")).hasSize(2);
      assertThat(rest.get("nextCursor").isNull()).isTrue();
      assertThat(deliveries(node, "listener=nobody")).isEmpty();
      assertThat(node.get("/admin/api/events/deliveries?state=lost", "admin:root").status())
          .isEqualTo(400);
      assertThat(node.get("/admin/api/events/deliveries", "user:ann").status()).isEqualTo(403);
    }
  }

  private TestPlugin start(String webhooks) {
    return ListeningHost.start(db, settings(webhooks, "PT0.05S"));
  }

  private static Map<String, String> settings(String webhooks, String backOff) {
    var settings = new HashMap<String, String>();
    settings.put("CODING_PLANS_WEBHOOKS", "[" + webhooks + "]");
    settings.put("CODING_PLANS_EVENT_BACKOFF", backOff);
    return settings;
  }

  private static String webhook(String name, String url, String secret, String types) {
    return """
        {"name": "%s", "url": "%s", "secret": "%s", "types": ["%s"]}"""
        .formatted(name, url, secret, types.replace(",", "\",\""));
  }

  private static JsonNode deliveries(TestPlugin node, String query) {
    var answer = node.get("/admin/api/events/deliveries?" + query, "admin:root");
    TestPlugin.require(answer, 200);
    return answer.json().get("items");
  }

  private static Received onlyOf(FakeEndpoint endpoint) {
    await().atMost(PATIENCE).until(() -> !endpoint.received().isEmpty());
    assertThat(endpoint.received()).hasSize(1);
    return endpoint.received().getFirst();
  }

  private static String secret(char of) {
    return "whsec_" + Base64.getEncoder().encodeToString(key(of));
  }

  private static byte[] key(char of) {
    return String.valueOf(of).repeat(32).getBytes(StandardCharsets.US_ASCII);
  }

  private static String hmac(Received received, char key) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key(key), "HmacSHA256"));
    var signed =
        received.header("webhook-id")
            + "."
            + received.header("webhook-timestamp")
            + "."
            + received.body();
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
