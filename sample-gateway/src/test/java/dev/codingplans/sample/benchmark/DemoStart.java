package dev.codingplans.sample.benchmark;

import static org.awaitility.Awaitility.await;

import dev.codingplans.sample.Client;
import dev.codingplans.sample.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * How long the demo takes from its command to the first answered chat, all in seconds.
 *
 * @param serving until it serves
 * @param ready until it has money and stock, and tells how to use them
 * @param answered until a chat is answered through a plan that was bought for it
 */
record DemoStart(double serving, double ready, double answered) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LOG_IN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  /** Starts it on empty data folders, and on the data that the start before has left. */
  static String table(Path folder, int starts) throws IOException {
    var fresh = new ArrayList<DemoStart>();
    var again = new ArrayList<DemoStart>();
    for (int start = 0; start < starts; start++) {
      var data = Files.createDirectory(folder.resolve("demo-" + start));
      fresh.add(measure(data));
      again.add(measure(data));
    }
    var table =
        new Table(
            "Start of the demo, seconds since the command, " + starts + " starts",
            "",
            "serves",
            "has money and stock",
            "answered the first chat");
    row(table, "empty data folder", fresh);
    row(table, "started before", again);
    return table.text();
  }

  private static void row(Table table, String name, List<DemoStart> starts) {
    table.row(
        name,
        text(starts, DemoStart::serving),
        text(starts, DemoStart::ready),
        text(starts, DemoStart::answered));
  }

  private static String text(List<DemoStart> starts, ToDoubleFunction<DemoStart> moment) {
    return Spread.of(starts.stream().mapToDouble(moment)).text("%.2f");
  }

  private static DemoStart measure(Path folder) {
    var start = System.nanoTime();
    var variables = Map.of("GATEWAY_PORT", "0", "JAVA_HOME", System.getProperty("java.home"));
    try (var demo = GatewayProcess.run(folder, variables, "--demo")) {
      var client = demo.awaitServing();
      var serving = secondsSince(start);
      await().atMost(PATIENCE).until(() -> demo.output().contains("Buy a plan"));
      var ready = secondsSince(start);
      var customer = new Shop(client, logIn(client));
      customer.buy("minimax-token-plan-plus");
      customer.chatOnPlan();
      return new DemoStart(serving, ready, secondsSince(start));
    }
  }

  private static String logIn(Client client) {
    var answer =
        new Shop(client, "")
            .post("/login", "{\"username\":\"funded\",\"password\":\"funded\"}")
            .body();
    var token = LOG_IN.matcher(answer);
    if (!token.find()) {
      throw new IllegalStateException("no token in " + answer);
    }
    return token.group(1);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
