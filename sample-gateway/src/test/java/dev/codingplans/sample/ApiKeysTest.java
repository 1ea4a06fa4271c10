package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.sample.demo.provider.SimulatedMiniMax;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("API keys")
class ApiKeysTest {

  private static final String MODEL = "minimax/MiniMax-M2";
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir private static Path folder;
  private static SimulatedMiniMax provider;
  private static SampleGateway gateway;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    provider = SimulatedMiniMax.start();
    var settings = Given.settings(folder);
    settings.put("database.url", DATABASE.url());
    settings.put("minimax.base-url", provider.address().toString());
    settings.put("minimax.platform-key", "sk-sim-max-of-the-host");
    gateway = Given.gateway(false, settings);
    client = new Client(gateway.address());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @Test
  @DisplayName("serve the official clients until they are revoked, in either header")
  void serveOfficialClients() {
    var ann = user("ann");
    var key = ann.made();
    var secret = key.get("secret").asText();
    var expected = "Hello from MiniMax-M2, simulated, on your Token Plan Max.";

    assertThat(openAiChat(secret)).isEqualTo(expected);
    assertThat(anthropicMessage(AnthropicOkHttpClient.builder().apiKey(secret)))
        .isEqualTo(expected);
    assertThat(anthropicMessage(AnthropicOkHttpClient.builder().authToken(secret)))
        .isEqualTo(expected);

    assertThat(ann.revoke(key.get("id").asText()).statusCode()).isEqualTo(204);
    assertThat(ann.chat(secret).statusCode()).isEqualTo(401);
    assertThat(ann.chat(secret).body()).contains("unauthenticated");
    assertThat(ann.revoke(key.get("id").asText()).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("open inference and nothing else: no API, no keys, no health details")
  void openInferenceOnly() throws Exception {
    var secret = user("ann").made().get("secret").asText();
    var byKey = new KeyCalls(client, secret);

    assertThat(byKey.list("").statusCode()).isEqualTo(401);
    assertThat(byKey.make("{}").statusCode()).isEqualTo(401);
    assertThat(client.get("/api/keys", "x-api-key", secret).statusCode()).isEqualTo(401);
    assertThat(client.get("/health", "authorization", "Bearer " + secret).body())
        .isEqualTo("{\"status\":\"UP\"}");

    StubPluginJar.writeTo(folder.resolve("plugins"));
    var settings = Given.settings(folder.resolve("plugins"));
    settings.put("database.url", DATABASE.url());
    try (var withPlugin = Given.gateway(false, settings)) {
      var other = new Client(withPlugin.address());
      assertThat(other.get("/api/whoami", "authorization", "Bearer " + secret).body())
          .isEqualTo("nobody");
      assertThat(other.get("/api/whoami", "x-api-key", secret).body()).isEqualTo("nobody");
      assertThat(other.get("/v1/models", "x-api-key", secret).statusCode()).isEqualTo(200);
      assertThat(other.send("PUT", "/api/keys", "").statusCode()).isEqualTo(405);
    }
  }

  @Test
  @DisplayName("count where Authorization has nothing better, and a mistyped one never does")
  void authorizationGoesFirst() {
    var ann = user("ann");
    var secret = ann.made().get("secret").asText();
    var mistyped = secret.substring(0, 20) + (secret.charAt(20) == 'x' ? 'y' : 'x');

    assertThat(models("x-api-key", secret, "authorization", "Basic YTpi")).isEqualTo(200);
    assertThat(models("x-api-key", "none", "authorization", "Bearer " + secret)).isEqualTo(200);
    assertThat(models("x-api-key", "none", "authorization", "Bearer " + ann.token()))
        .isEqualTo(200);
    assertThat(models("x-api-key", secret, "authorization", "Bearer none")).isEqualTo(401);
    assertThat(models("x-api-key", mistyped + secret.substring(21))).isEqualTo(401);
    assertThat(models("x-api-key", "cpk_")).isEqualTo(401);
  }

  @Test
  @DisplayName("show their text in one answer, in no log line, and in no table")
  void areShownOnce() {
    var ann = user("ann");
    try (var logged = new LogLines()) {
      var answer = ann.make("{\"name\":\"laptop\"}");
      var made = KeyCalls.json(answer);
      var secret = made.get("secret").asText();
      var hidden = secret.substring(made.get("secret").asText().indexOf('_') + 5);

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
      assertThat(fields(made)).containsExactly("id", "name", "secret", "createdAt");
      assertThat(ann.chat(secret).statusCode()).isEqualTo(200);
      assertThat(client.get("/v1/models", "authorization", "Bearer " + secret).statusCode())
          .isEqualTo(200);
      var listed = KeyCalls.json(ann.list("?limit=1"));
      ann.revoke(made.get("id").asText());
      ann.chat(secret);

      var shown = listed.get("items").get(0);
      assertThat(fields(shown)).containsExactly("id", "name", "prefix", "createdAt", "lastUsedAt");
      assertThat(shown.get("id")).isEqualTo(made.get("id"));
      assertThat(shown.get("name").asText()).isEqualTo("laptop");
      assertThat(shown.get("createdAt")).isEqualTo(made.get("createdAt"));
      assertThat(secret).startsWith(shown.get("prefix").asText());
      assertThat(listed.toString()).doesNotContain(hidden);
      assertThat(client.get("/prometheus").body()).doesNotContain(hidden);
      assertThat(DATABASE.texts("select k::text from gateway.api_key k"))
          .noneMatch(row -> row.contains(hidden));
      assertThat(logged.all()).isNotEmpty().noneMatch(line -> line.contains(hidden));
    }
  }

  @Test
  @DisplayName("are listed newest first, page by page, each user's own")
  void arePaged() {
    var ben = user("ben");
    user("someone else").made();
    var ids =
        IntStream.range(0, 5).mapToObj(i -> ben.made().get("id").asText()).toList().reversed();

    var first = KeyCalls.json(ben.list("?limit=2"));
    user("someone else").made();
    ben.made();
    var second = KeyCalls.json(ben.list("?limit=2&cursor=" + first.get("nextCursor").asText()));
    var third = KeyCalls.json(ben.list("?limit=2&cursor=" + second.get("nextCursor").asText()));

    var listed = new ArrayList<String>();
    for (var page : List.of(first, second, third)) {
      page.get("items").forEach(item -> listed.add(item.get("id").asText()));
    }
    assertThat(listed).isEqualTo(ids);
    assertThat(third.get("nextCursor").isNull()).isTrue();
    assertThat(KeyCalls.json(ben.list("")).get("items")).hasSize(6);
  }

  @Test
  @DisplayName("refuse cursors that no list gave, and limits out of bounds")
  void refuseTamperedCursors() {
    var cid = user("cid");
    cid.made();
    cid.made();
    var cursor = KeyCalls.json(cid.list("?limit=1")).get("nextCursor").asText();

    for (int i = 0; i < cursor.length(); i++) {
      var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      refuses(cid.list("?cursor=" + cursor.substring(0, i) + other + cursor.substring(i + 1)));
    }
    refuses(cid.list("?cursor="));
    refuses(cid.list("?cursor=%00"));
    refuses(cid.list("?cursor=AAAAAAAAAAE"));
    for (var limit : List.of("0", "-1", "101", "x", "1e1", "99999999999999999999", "")) {
      refuses(cid.list("?limit=" + limit));
    }
    assertThat(cid.list("?limit=100").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"name\"",
        "null",
        "{} {}",
        "{\"name\":1}",
        "{\"name\":{}}",
        "[{},{},{}]",
        "{\"name\":[[[[]]]]}",
        "{\"name\":\"a\"",
        "\u0000{\u0000\u0000",
        "{\u0000\u0000\u0000\u0001\u0001\u0001\u0001",
        "{\"name\":\"\"}",
        "{\"name\":\"  \"}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"a\\r\\nb\"}",
        "{\"name\":\"a\\u202eb\"}",
        "{\"name\":\"\\ud800\"}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\",\"<b>role</b>\":\"admin\"}",
        "{\"Name\":\"a\"}"
      })
  @DisplayName("refuse bodies and names that are none, and say which field it is")
  void refuseBadBodies(String body) {
    refuses(user("dan").make(body));
    assertThat(KeyCalls.json(user("dan").list("")).get("items")).isEmpty();
  }

  @Test
  @DisplayName("keep every printable name as it is, up to 100 characters, or none")
  void keepNames() {
    var eve = user("eve");
    for (var name : List.of("<script>alert(1)</script>", "schlüssel 🔑", "ü".repeat(100))) {
      assertThat(KeyCalls.json(eve.make("{\"name\":\"" + name + "\"}")).get("name").asText())
          .isEqualTo(name);
    }
    refuses(eve.make("{\"name\":\"" + "x".repeat(101) + "\"}"));
    assertThat(KeyCalls.json(eve.make("")).get("name").isNull()).isTrue();
    assertThat(KeyCalls.json(eve.make("{\"name\":null}")).get("name").isNull()).isTrue();
    var asText =
        client.send(
            "POST",
            "/api/keys",
            "x",
            "authorization",
            "Bearer " + eve.token(),
            "content-type",
            "text/plain");
    assertThat(asText.statusCode()).isEqualTo(415);
  }

  @Test
  @DisplayName("of others cannot be revoked, nor told from those that are not there")
  void hideFromOthers() {
    var ann = user("ann");
    var key = ann.made();
    var id = key.get("id").asText();

    for (var unknown : List.of(id, "7f1c6f2e-0000-4000-8000-000000000000", "x", "1'--")) {
      var answer = user("mallory").revoke(unknown.replace("'", "%27"));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }
    assertThat(ann.chat(key.get("secret").asText()).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("are for users who come with a token")
  void areForUsers() {
    assertThat(client.get("/api/keys").statusCode()).isEqualTo(401);
    assertThat(client.get("/api/keys").body()).contains("\"code\":\"unauthenticated\"");
    var admin = new KeyCalls(client, Given.token("root", Role.ADMIN, Map.of()));
    assertThat(admin.make("{}").statusCode()).isEqualTo(403);
    assertThat(admin.list("").body()).contains("\"code\":\"forbidden\"");
  }

  @Test
  @DisplayName("end at 100 a user, also if all are asked for at once; a revoked one makes room")
  void areBounded() throws Exception {
    var fay = user("fay");
    for (int i = 0; i < 95; i++) {
      fay.made();
    }
    List<Callable<HttpResponse<String>>> calls =
        IntStream.range(0, 20)
            .<Callable<HttpResponse<String>>>mapToObj(i -> () -> fay.make("{}"))
            .toList();
    try (var threads = Executors.newFixedThreadPool(20)) {
      var statuses = new ArrayList<Integer>();
      for (var call : threads.invokeAll(calls)) {
        statuses.add(call.get().statusCode());
      }
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(5);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
    }
    var refused = fay.make("{}");
    assertThat(refused.body()).contains("\"code\":\"invalid_state\"", "100 API keys");
    var keys = KeyCalls.json(fay.list("?limit=100")).get("items");
    assertThat(keys).hasSize(100);

    fay.revoke(keys.get(50).get("id").asText());
    assertThat(fay.make("{}").statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("tell when they were last used, written once in ten minutes and never backwards")
  void tellLastUse() {
    var gil = user("gil");
    var key = gil.made();
    var secret = key.get("secret").asText();
    assertThat(lastUsedAt(gil).isNull()).isTrue();

    gil.chat(secret);
    await().atMost(Duration.ofSeconds(30)).until(() -> !lastUsedAt(gil).isNull());

    var first = Instant.parse(lastUsedAt(gil).asText());
    assertThat(first).isAfter(Instant.parse(key.get("createdAt").asText()));
    gil.chat(secret);
    DATABASE.execute(
        "update gateway.api_key set last_used_at = last_used_at - interval '11 minutes'"
            + " where user_id = 'gil'");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              gil.chat(secret);
              return !Instant.parse(lastUsedAt(gil).asText()).isBefore(first);
            });
  }

  @Test
  @DisplayName("are described")
  void areDescribed() {
    assertThat(client.get("/openapi.yml").body())
        .contains("/api/keys:", "/api/keys/{id}:", "NewKey:", "nextCursor", "lastUsedAt");
  }

  private static void refuses(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"invalid_request\"", "\"violations\":[{");
  }

  private static KeyCalls user(String name) {
    return new KeyCalls(client, Given.token(name, Role.USER, Map.of()));
  }

  private static int models(String... headers) {
    return client.get("/v1/models", headers).statusCode();
  }

  private static JsonNode lastUsedAt(KeyCalls user) {
    return KeyCalls.json(user.list("")).get("items").get(0).get("lastUsedAt");
  }

  private static List<String> fields(JsonNode json) {
    var fields = new ArrayList<String>();
    json.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  private static String openAiChat(String secret) {
    var openAi =
        OpenAIOkHttpClient.builder()
            .baseUrl(client.gateway().resolve("/v1").toString())
            .apiKey(secret)
            .maxRetries(0)
            .build();
    var question =
        ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("Hello").build();
    var answer = openAi.chat().completions().create(question);
    openAi.close();
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  private static String anthropicMessage(AnthropicOkHttpClient.Builder builder) {
    var anthropic = builder.baseUrl(client.gateway().toString()).maxRetries(0).build();
    var message =
        MessageCreateParams.builder().model(MODEL).maxTokens(100).addUserMessage("Hello").build();
    var answer = anthropic.messages().create(message);
    anthropic.close();
    return answer.content().getFirst().asText().text();
  }
}
