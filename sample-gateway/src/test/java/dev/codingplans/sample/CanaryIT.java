package dev.codingplans.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.sample.proxy.FakeProvider;
import dev.codingplans.sample.proxy.FakeProvider.Exchange;
import dev.codingplans.sample.proxy.FakeProvider.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries are secrets of no form that a pattern could know. */
@DisplayName("No secret gets out")
class CanaryIT {

  private static final String STOCK = "canary.of.stock.5e1f";
  private static final String SPARE = "canary.of.stock.66ab";
  private static final String OWN = "canary.of.user.77aa";
  private static final String REFUSED = "canary.refused.0c3d";
  private static final String PLATFORM = "canary.platform.9c8d";
  private static final String DATABASE = "canary.database.1b2c";
  private static final String WEBHOOK = "whsec_Y2FuYXJ5LndlYmhvb2suNDRlZQ==";
  private static final String JWT = "canary.jwt.d41d8cd98f00b204e9800998ecf8427e";

  /** Of one secret in one place: what is shown is enough to find the rest. */
  private static final int MOST_LEAKS = 5;

  private static final int MOST_ATTEMPTS = 3;

  private static final String BUYER = "buyer";
  private static final String OWNER = "owner";

  @TempDir private Path folder;
  private final StringBuilder answers = new StringBuilder();

  @Test
  @DisplayName("F2, I6, E6, E9 at the finest log level, whatever a provider or a client does")
  void keepsSecrets() throws Exception {
    try (var provider = new FakeProvider();
        var installation = installation(provider);
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing(), JWT);
      var wire = new Wire(calls.client().gateway());
      buy(calls, provider);
      callProvider(calls, provider);
      seeTheDeadKey(calls);
      misuse(calls, wire);
      var threads = threads(gateway);
      show(calls.client().get("/prometheus").body());
      show(calls.get(calls.admin(), "/health").body());
      var rows = rows(installation);
      installation.postgres().close();
      fail(calls);

      assertThat(gateway.output()).as("the log level").contains(" TRACE ", "c.zaxxer");
      assertThat(rows).contains(BUYER);
      var places =
          Map.of(
              "the log",
              gateway.output(),
              "an answer",
              answers.toString(),
              "a row",
              rows,
              "a thread",
              threads);
      assertThat(secrets(calls).entrySet())
          .flatMap(
              secret ->
                  places.entrySet().stream()
                      .flatMap(place -> leaks(secret, place).stream())
                      .toList())
          .isEmpty();
    }
  }

  private Installation installation(FakeProvider provider) throws Exception {
    var installation =
        new Installation(folder, provider.address())
            .with("JWT_SECRET", JWT)
            .with("MINIMAX_PLATFORM_KEY", PLATFORM)
            .with("PAYMENT_WEBHOOK_SECRET", WEBHOOK)
            .with("DATABASE_USER", "gateway")
            .with("DATABASE_PASSWORD", DATABASE)
            .with("LOGGER_LEVELS_ROOT", "TRACE")
            .with("LOGGER_LEVELS_DEV_CODINGPLANS", "TRACE")
            .with("LOGGER_LEVELS_IO_MICRONAUT", "TRACE")
            .with("LOGGER_LEVELS_IO_NETTY", "TRACE");
    requirePassword(installation);
    var url = installation.postgres().getJdbcUrl("gateway", "postgres");
    return installation
        .with("DATABASE_URL", url.substring(0, url.indexOf('?')))
        .with("DATABASE_MIGRATION_URL", url + "&password=" + DATABASE);
  }

  /** The embedded database trusts everybody; a driver then sends no password. */
  private static void requirePassword(Installation installation) throws Exception {
    try (var connection = installation.connect();
        var statement = connection.createStatement()) {
      statement.execute("create role gateway login superuser password '" + DATABASE + "'");
      var file = statement.executeQuery("show hba_file");
      file.next();
      var hba = Path.of(file.getString(1));
      Files.writeString(hba, "host all gateway all scram-sha-256\n" + Files.readString(hba));
      statement.execute("select pg_reload_conf()");
    }
  }

  private void buy(Calls calls, FakeProvider provider) {
    provider.provesKeys(Calls.TITLE);
    show(calls.stock(Calls.PLAN, List.of(STOCK, SPARE)).body());
    show(calls.fund(BUYER).body());
    show(calls.buy(BUYER).body());
    show(
        calls
            .client()
            .send(
                "PUT",
                "/api/byok/minimax",
                "{\"apiKey\":\"" + OWN + "\",\"enabled\":true}",
                "authorization",
                "Bearer " + calls.user(OWNER),
                "content-type",
                "application/json")
            .body());
    for (var user : List.of(BUYER, OWNER)) {
      for (var path : List.of("/api/byok", "/api/subscriptions", "/api/credits/entries")) {
        show(calls.get(calls.user(user), path).body());
      }
    }
    for (var path : List.of("/credentials", "")) {
      show(calls.get(calls.admin(), "/admin/api/inventory" + path).body());
    }
  }

  private void callProvider(Calls calls, FakeProvider provider) throws InterruptedException {
    for (var script : scripts().entrySet()) {
      for (var user : List.of(BUYER, OWNER)) {
        for (var path : List.of("/v1/chat/completions", "/v1/messages")) {
          provider.forget();
          provider.answers(script.getValue());
          // A connection that the provider has just closed may be tried first.
          for (int attempt = 0; attempt < MOST_ATTEMPTS && !provider.wasAsked(); attempt++) {
            ask(calls, user, path, user.equals(BUYER) == path.endsWith("messages"));
          }
          assertThat(provider.takeRequest().raw()).contains(user.equals(BUYER) ? STOCK : OWN);
        }
      }
    }
  }

  /** The plan's key was rejected on the way, and nobody else's was. */
  private void seeTheDeadKey(Calls calls) {
    var rejected = calls.get(calls.admin(), "/admin/api/inventory/credentials?health=rejected");
    assertThat(rejected.body()).containsOnlyOnce("\"health\":\"rejected\"");
    show(rejected.body());
  }

  private void ask(Calls calls, String user, String path, boolean stream) {
    var body = "{\"model\":\"%s\",\"stream\":%s,\"messages\":[]}".formatted(Calls.MODEL, stream);
    var answer =
        new Wire(calls.client().gateway())
            .send(
                Wire.request(
                    "POST",
                    path,
                    "authorization: Bearer %s\r\ncontent-type: application/json\r\n"
                        .formatted(calls.user(user)),
                    body));
    show(answer.text());
  }

  /** What providers do, by its name. Those that echo, echo the key that they got. */
  private static Map<String, Script> scripts() {
    var scripts = new LinkedHashMap<String, Script>();
    scripts.put("answers", raw("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"choices\":[]}"));
    for (var status : List.of("400", "401", "403", "404", "422", "429", "500", "503")) {
      scripts.put(
          status,
          raw(
              "HTTP/1.1 "
                  + status
                  + " No KEY\r\ncontent-type: application/json; charset=KEY\r\n"
                  + "connection: close\r\nretry-after: KEY\r\nx-request-id: KEY\r\n"
                  + "x-ratelimit-KEY: 1\r\nx-ratelimit-a: KEY\r\nwww-authenticate: Bearer KEY\r\n"
                  + "set-cookie: a=KEY\r\nx-error: KEY\r\n\r\n"
                  + "{\"error\":{\"message\":\"Bearer KEY and KEY\",\"code\":\"KEY\"}}"));
    }
    var html = "<html>KEY".repeat(100);
    scripts.put("a page", raw("HTTP/1.1 502 KEY\r\ncontent-type: text/html\r\n\r\n" + html));
    scripts.put(
        "a failure that looks well",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"
                + "x-request-id: KEY\r\ncache-control: KEY\r\n\r\n"
                + "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"bad KEY\"}}"));
    scripts.put(
        "a failure of another kind that looks well",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n"
                + "{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"bad KEY\"}}"));
    scripts.put(
        "a failure in a stream",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
                + "data: {\"base_resp\":{\"status_code\":2056,\"status_msg\":\"bad KEY\"}}\n\n"));
    scripts.put(
        "answers well, with headers that do not",
        raw(
            "HTTP/1.1 200 KEY\r\ncontent-type: application/json\r\nconnection: close\r\n"
                + "x-request-id: KEY\r\nrequest-id: KEY\r\nx-ratelimit-KEY: 1\r\ncache-control: KEY\r\n"
                + "x-ratelimit-a: KEY\r\nset-cookie: KEY\r\nretry-after: KEY\r\n\r\n{}"));
    scripts.put("redirects", raw("HTTP/1.1 307 KEY\r\nlocation: http://127.0.0.1:9/KEY\r\n\r\n"));
    scripts.put(
        "early hints", raw("HTTP/1.1 103 KEY\r\nlink: KEY\r\n\r\nHTTP/1.1 500 KEY\r\n\r\n"));
    scripts.put("switches", raw("HTTP/1.1 101 KEY\r\nupgrade: KEY\r\n\r\nKEY"));
    scripts.put("no HTTP", raw("KEY KEY KEY\r\n\r\nKEY"));
    scripts.put("no status", raw("HTTP/1.1 KEY KEY\r\n\r\n"));
    scripts.put("no version", raw("HTTP/KEY 200 OK\r\n\r\n"));
    scripts.put("no header", raw("HTTP/1.1 200 OK\r\nKEY\r\n\r\n"));
    scripts.put("no header name", raw("HTTP/1.1 200 OK\r\n\u0001KEY: KEY\r\n\r\n"));
    scripts.put("no header value", raw("HTTP/1.1 200 OK\r\na: \u0000KEY\r\n\r\n"));
    scripts.put("no length", raw("HTTP/1.1 200 OK\r\ncontent-length: KEY\r\n\r\n"));
    scripts.put(
        "two lengths", raw("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: KEY\r\n\r\n"));
    scripts.put(
        "no type", raw("HTTP/1.1 500 OK\r\ncontent-type: KEY\r\nconnection: close\r\n\r\nKEY"));
    scripts.put(
        "no coding",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: KEY\r\nconnection: close\r\n\r\nKEY"));
    scripts.put(
        "no gzip",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\nKEY"));
    scripts.put(
        "no chunk",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nKEY\r\n"));
    scripts.put("a long header", raw("HTTP/1.1 200 OK\r\na: " + "KEY".repeat(4_000) + "\r\n\r\n"));
    scripts.put(
        "closes within",
        raw(
            "HTTP/1.1 500 KEY\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{\"message\":\"KEY"));
    scripts.put(
        "closes within a stream",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n6\r\ndata: \r\n"));
    scripts.put(
        "no chunk within a stream",
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n6\r\ndata: \r\nKEY\r\n"));
    scripts.put("closes", raw(""));
    return scripts;
  }

  private static Script raw(String answer) {
    return exchange -> exchange.send(answer.replace("KEY", keyOf(exchange)));
  }

  private static String keyOf(Exchange exchange) throws IOException {
    var request = exchange.received().peek();
    if (request == null) {
      throw new IOException("no request");
    }
    return request.header("authorization").replace("Bearer ", "") + request.header("x-api-key");
  }

  /** Requests that are refused, with secrets in all places. */
  private void misuse(Calls calls, Wire wire) {
    var bodies =
        List.of(
            "{\"apiKey\":\"KEY",
            "{\"apiKey\":\"KEY\\q\",\"enabled\":true}",
            "{\"apiKey\":[\"KEY\"],\"enabled\":true}",
            "{\"apiKey\":\"KEY\",\"enabled\":\"KEY\"}",
            "{\"apiKey\":\"KEY\",\"apiKey\":\"KEY\"}",
            "{\"apiKey\":\"KEY \\u0000\",\"enabled\":true}",
            "{\"unknown\":\"KEY\"}",
            "{\"providerId\":\"minimax\",\"planId\":\"" + Calls.PLAN + "\",\"entries\":[\"KEY\"]}",
            "{\"providerId\":\"minimax\",\"planId\":\""
                + Calls.PLAN
                + "\",\"entries\":[\"KEY::x\",\"KEY::x\"]}",
            "{\"providerId\":\"KEY\",\"planId\":\"KEY\",\"entries\":{\"KEY\":\"KEY\"}}",
            "KEY");
    for (var body : bodies) {
      for (var user : List.of(calls.user(BUYER), calls.admin())) {
        for (var call : List.of("PUT /api/byok/minimax", "POST /admin/api/inventory/uploads")) {
          var parts = call.split(" ");
          var answer =
              wire.send(
                  Wire.request(
                      parts[0],
                      parts[1],
                      "authorization: Bearer " + user + "\r\ncontent-type: application/json\r\n",
                      body.replace("KEY", REFUSED)));
          // What is the client's own fault may be named to it, but not logged.
          assertThat(answer.status()).isBetween(200, 499);
          show(answer.text());
        }
      }
    }
    for (var token : List.of(REFUSED, JWT, calls.user(BUYER) + "x", "a." + REFUSED + ".b")) {
      for (var path : List.of("/api/plans", "/v1/models", "/health", "/nowhere")) {
        show(
            wire.send(
                    Wire.request(
                        "GET",
                        path,
                        "authorization: Bearer " + token + "\r\nx-api-key: " + REFUSED + "\r\n",
                        ""))
                .text());
      }
    }
  }

  /** The database is gone: everything fails, and is logged. */
  private void fail(Calls calls) {
    show(calls.stock(Calls.PLAN, List.of(REFUSED)).body());
    show(calls.buy(OWNER).body());
    show(calls.get(calls.user(OWNER), "/api/byok").body());
    ask(calls, BUYER, "/v1/chat/completions", false);
  }

  private static String threads(GatewayProcess gateway) throws IOException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var command = List.of(jcmd, Long.toString(gateway.pid()), "Thread.print", "-l", "-e");
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(output).contains("Full thread dump");
    return output;
  }

  private static String rows(Installation installation) {
    var tables =
        installation.rows(
            """
            select format('select t::text from %I.%I t', schemaname, tablename)
              from pg_tables where schemaname not in ('pg_catalog', 'information_schema')""");
    assertThat(tables).hasSizeGreaterThan(10);
    return tables.stream()
        .flatMap(table -> installation.rows(table).stream())
        .collect(Collectors.joining("\n"));
  }

  private Map<String, String> secrets(Calls calls) throws IOException {
    var secrets = new LinkedHashMap<String, String>();
    secrets.put("a key in stock", SPARE);
    secrets.put("a plan's key", STOCK);
    secrets.put("a user's key", OWN);
    secrets.put("a key that was refused", REFUSED);
    secrets.put("the host's own key", PLATFORM);
    secrets.put("the database's password", DATABASE);
    secrets.put("the webhook's secret", WEBHOOK);
    secrets.put("the tokens' secret", JWT);
    var token = calls.user(BUYER);
    secrets.put("a caller's token", token.substring(0, token.indexOf('.') + 4));
    var keyset = Files.readString(folder.resolve("keyset.json"));
    var material = Pattern.compile("\"([A-Za-z0-9+/_=-]{32,})\"").matcher(keyset);
    var number = 0;
    while (material.find()) {
      secrets.put("key material " + ++number, material.group(1));
    }
    assertThat(number).isPositive();
    return secrets;
  }

  private static List<String> leaks(
      Map.Entry<String, String> secret, Map.Entry<String, String> place) {
    return place
        .getValue()
        .lines()
        .filter(line -> forms(secret.getValue()).stream().anyMatch(lowerCase(line)::contains))
        .map(line -> secret.getKey() + " in " + place.getKey() + ": " + line)
        .limit(MOST_LEAKS)
        .toList();
  }

  private static List<String> forms(String secret) {
    var bytes = secret.getBytes(ISO_8859_1);
    return List.of(
        lowerCase(secret),
        lowerCase(Base64.getEncoder().withoutPadding().encodeToString(bytes)),
        HexFormat.of().formatHex(bytes));
  }

  /** Some codecs quote in capitals. */
  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private void show(String answer) {
    answers.append(answer).append('\n');
  }
}
