package dev.codingplans.plugin.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.plugin.CodingPlansPlugin;
import dev.codingplans.plugin.vault.Keyset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The plugin on a database of its own, spoken to over HTTP as a host's mount would. */
public final class TestPlugin implements AutoCloseable {

  public static final String PLUS = "minimax-token-plan-plus";
  public static final String MAX = "minimax-token-plan-max";
  public static final String ULTRA = "minimax-token-plan-ultra";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String KEYSET = Keyset.generate().toJson();

  private final TestDatabase database;
  private final CodingPlansPlugin plugin = new CodingPlansPlugin();
  private final Registrations registrations;

  private TestPlugin(TestDatabase database, GatewayHost host) {
    this.database = database;
    this.registrations = plugin.start(host);
  }

  public static TestPlugin start() {
    return on(TestDatabase.fresh());
  }

  public static TestPlugin on(TestDatabase database) {
    return on(database, Map.of(), List.of());
  }

  public static TestPlugin on(
      TestDatabase database, Map<String, String> changes, List<PurchasePolicy> policies) {
    return new TestPlugin(database, new TestHost(settings(database, changes), policies));
  }

  public static TestPlugin on(TestDatabase database, TopUpPort topUps) {
    return new TestPlugin(
        database, new TestHost(settings(database, Map.of()), List.of(), topUps, Meters.none()));
  }

  public static TestPlugin on(TestDatabase database, Map<String, String> changes, Meters meters) {
    return new TestPlugin(
        database, new TestHost(settings(database, changes), List.of(), TopUpPort.none(), meters));
  }

  /** Starts the plugin for a host that is more than a {@link TestHost}. */
  public static TestPlugin on(TestDatabase database, GatewayHost host) {
    return new TestPlugin(database, host);
  }

  public static Map<String, String> settings(TestDatabase database, Map<String, String> changes) {
    var settings = new HashMap<String, String>();
    settings.put("DATABASE_URL", database.url());
    settings.put("CODING_PLANS_KEYSET", KEYSET);
    settings.put("CODING_PLANS_TEST_CLOCK", "true");
    // Tests sweep when they say so.
    settings.put("CODING_PLANS_SWEEP_INTERVAL", "P1000D");
    settings.put("CODING_PLANS_HEALTH_INTERVAL", "P1000D");
    settings.put("CODING_PLANS_USAGE_INTERVAL", "P1000D");
    settings.put("CODING_PLANS_LADDER_INTERVAL", "P1000D");
    // Nor do they wait for uploads that no other node has left behind, or for a provider's sake.
    settings.put("CODING_PLANS_UPLOAD_INTERVAL", "P1000D");
    settings.put("CODING_PLANS_UPLOAD_BACKOFF", "PT0.01S");
    // No test leaves this machine.
    settings.put("MINIMAX_BASE_URL", ProviderFake.shared().url());
    settings.putAll(changes);
    return settings;
  }

  public TestDatabase database() {
    return database;
  }

  public Registrations registrations() {
    return registrations;
  }

  public Entitlement resolve(String user) {
    return resolve(user, "MiniMax-M2");
  }

  public Entitlement resolve(String user, String model) {
    return resolve(user, model, EntitlementQuery.Credits.NOT_TAKEN);
  }

  public Entitlement resolve(String user, String model, EntitlementQuery.Credits credits) {
    return registrations
        .entitlements()
        .resolve(
            new EntitlementQuery(
                new Scope.Personal(new UserId(user)), new ProviderId("minimax"), model, credits))
        .toCompletableFuture()
        .join();
  }

  /** Gives the user credit that was paid for. */
  public void credit(String user, long dollars) {
    var answer =
        call(
            "POST",
            "/admin/api/users/" + user + "/credits",
            "admin:root",
            """
            {"amountMicrodollars": %d, "kind": "paid_credit", "reason": "test"}"""
                .formatted(dollars * 1_000_000),
            "Idempotency-Key",
            UUID.randomUUID().toString());
    require(answer, 201);
  }

  /** Puts credentials of the plan into stock, and waits until they are there. */
  public void stock(String plan, int count) {
    stock(plan, IntStream.range(0, count).mapToObj(i -> "sk-stock-" + UUID.randomUUID()).toList());
  }

  public void stock(String plan, List<String> keys) {
    var entries =
        keys.stream().map(key -> '"' + key + "::upstream-" + key.hashCode() + '"').toList();
    var end = new UploadCalls(this).end(upload(plan, "all_or_nothing", false, entries));
    if (end.get("stored").asInt() != keys.size()) {
      throw new AssertionError("the stock did not arrive: " + end);
    }
  }

  /**
   * Uploads entries, each as it stands in JSON; the shared provider finds them of the plan's tier.
   */
  public Answer upload(String plan, String mode, boolean dryRun, List<String> jsonEntries) {
    jsonEntries.forEach(entry -> ProviderFake.shared().tierOfEntry(entry, plan));
    return call(
        "POST",
        "/admin/api/inventory/uploads",
        "admin:root",
        """
        {"providerId": "minimax", "planId": "%s", "entries": [%s], "mode": "%s", "dryRun": %s}"""
            .formatted(plan, String.join(",", jsonEntries), mode, dryRun));
  }

  public Answer buy(String user, String plan) {
    return buy(user, plan, UUID.randomUUID().toString());
  }

  public Answer buy(String user, String plan, String key) {
    return call(
        "POST",
        "/api/subscriptions",
        "user:" + user,
        "{\"planId\": \"" + plan + "\"}",
        "Idempotency-Key",
        key);
  }

  public Answer get(String path, String caller) {
    return call("GET", path, caller, "");
  }

  /** Sends a request; an empty caller is nobody, and headers come in pairs. */
  public Answer call(String method, String path, String caller, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(registrations.console().orElseThrow().address().resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty() && !List.of(headers).contains("content-type")) {
      request.header("content-type", "application/json");
    }
    if (!caller.isEmpty()) {
      request.header(TestHost.CALLER, caller);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static Answer send(HttpRequest request) {
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static void require(Answer answer, int status) {
    if (answer.status() != status) {
      throw new AssertionError("expected " + status + " but got " + answer);
    }
  }

  public URI address() {
    return registrations.console().orElseThrow().address();
  }

  @Override
  public void close() {
    plugin.close();
  }

  /** What came back. */
  public record Answer(int status, Map<String, List<String>> headers, String body) {

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + body, e);
      }
    }

    public String code() {
      return json().path("code").asText();
    }

    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }
}
