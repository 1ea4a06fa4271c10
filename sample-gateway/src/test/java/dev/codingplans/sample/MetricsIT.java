package dev.codingplans.sample;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

@DisplayName("The figures of the gateway with the drop-in jar")
class MetricsIT {

  private static final Path MONITORING = GatewayProcess.FOLDER.resolve("monitoring");
  private static final Pattern OURS = Pattern.compile("\\b(gateway|coding_plans)_[a-z0-9_]+");
  private static final Pattern NAMES =
      Pattern.compile(
          "\\b(gateway|coding_plans|http_server|hikaricp|jvm|process|system)_[a-z0-9_]+");

  /** Stands for no metric of its own: it goes with a histogram. */
  private static final Pattern OF_A_HISTOGRAM = Pattern.compile("_seconds_max$");

  @TempDir private static Path folder;
  private static Installation installation;
  private static GatewayProcess gateway;
  private static String scrape;

  @BeforeAll
  static void start() {
    installation = new Installation(folder);
    gateway = installation.run();
    var calls = new Calls(gateway.awaitServing());
    assertThat(calls.stock(Calls.PLAN, List.of("sk-metrics-1")).statusCode()).isEqualTo(202);
    calls.fund("lovelace");
    assertThat(calls.buy("lovelace").statusCode()).isEqualTo(201);
    for (int i = 0; i < 3; i++) {
      assertThat(chat(calls, "lovelace")).isEqualTo(200);
    }
    assertThat(chat(calls, "babbage")).isEqualTo(403);
    calls.sweep();
    calls.assertReconciled();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              scrape = calls.client().get("/prometheus").body();
              return scrape.contains("coding_plans_stock_level");
            });
  }

  @AfterAll
  static void stop() {
    gateway.close();
    installation.close();
  }

  @Test
  @DisplayName("are those of METRICS.md, all of them and no others")
  void areDocumented() throws IOException {
    var documented =
        Files.readAllLines(GatewayProcess.FOLDER.resolve("METRICS.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .collect(toCollection(TreeSet::new));

    assertThat(shown().stream().filter(name -> OURS.matcher(name).matches()))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  @Test
  @DisplayName("E9 tell who paid, how it ended, and how long it took, and no user, key or model")
  void countRequests() {
    assertThat(scrape)
        .contains("gateway_requests_total{outcome=\"ok\",payer=\"plan\"} 3.0")
        .contains("gateway_requests_total{outcome=\"no_entitlement\",payer=\"none\"} 1.0")
        .contains("gateway_overhead_seconds_count 3")
        .contains("gateway_upstream_seconds_count{provider=\"minimax\"} 3")
        .contains("gateway_first_byte_seconds_count{provider=\"minimax\"} 3")
        .contains("gateway_decision_seconds_bucket{le=\"0.001\"}")
        .contains("gateway_requests_open 0.0", "gateway_streams_open 0.0")
        .contains("gateway_requests_buffered_bytes 0.0")
        .contains("coding_plans_database_up 1.0")
        .doesNotContain("lovelace", "babbage", "sk-metrics-1", Calls.MODEL, "MiniMax-M2");
  }

  @Test
  @DisplayName("are enough for every alert rule, each of which says what to do")
  void alertRules() throws IOException {
    var rules = rules();

    assertThat(rules).isNotEmpty();
    for (var rule : rules) {
      assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
      assertExists((String) rule.get("expr"));
      var annotations = (Map<?, ?>) rule.get("annotations");
      assertThat((String) annotations.get("summary")).isNotBlank();
      assertThat((String) annotations.get("action")).isNotBlank().doesNotContain("\n");
      assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("page", "ticket");
    }
    assertThat(rules.stream().map(rule -> rule.get("alert"))).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("are enough for every panel of the dashboard")
  void dashboard() throws IOException {
    var panels = new ObjectMapper().readTree(MONITORING.resolve("dashboard.json").toFile());

    var expressions = panels.findValuesAsText("expr");
    assertThat(expressions).hasSizeGreaterThan(30);
    expressions.forEach(MetricsIT::assertExists);
    assertThat(panels.get("panels").findValues("id").stream().map(JsonNode::asInt))
        .doesNotHaveDuplicates();
  }

  private static int chat(Calls calls, String user) {
    return calls
        .post(
            calls.user(user),
            "/v1/chat/completions",
            "-",
            "{\"model\":\"" + Calls.MODEL + "\",\"messages\":[]}")
        .statusCode();
  }

  private static List<Map<String, Object>> rules() throws IOException {
    try (var file = Files.newBufferedReader(MONITORING.resolve("alerts.yml"))) {
      Map<String, List<Map<String, List<Map<String, Object>>>>> groups = new Yaml().load(file);
      return groups.get("groups").stream().flatMap(group -> group.get("rules").stream()).toList();
    }
  }

  private static void assertExists(String expression) {
    var used = NAMES.matcher(expression).results().map(MatchResult::group).toList();
    assertThat(used).as(expression).isNotEmpty();
    assertThat(samples()).as(expression).containsAll(used);
  }

  /** Returns what has a type, which all samples of a histogram share. */
  private static Set<String> shown() {
    return scrape
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ")[2])
        .filter(name -> !OF_A_HISTOGRAM.matcher(name).find())
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> samples() {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(toCollection(TreeSet::new));
  }
}
