package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What forwarding a chat costs, against a bare proxy in the same run. */
final class ForwardingCost {

  private static final int CONNECTIONS = 32;
  private static final Duration WARM_UP_TURN = Duration.ofSeconds(5);
  private static final int MAX_WARM_UP_TURNS = 12;

  /** By then the JIT has compiled what it will. */
  private static final long WARM_REQUESTS = 200_000;

  private static final Duration FULL_TURN = Duration.ofSeconds(4);
  private static final Duration QUIET_TURN = Duration.ofSeconds(2);

  private final List<Contender> contenders;
  private final Contender bare;
  private final Rounds full;
  private final Rounds quiet;

  private ForwardingCost(List<Contender> contenders, Contender bare, Rounds full, Rounds quiet) {
    this.contenders = contenders;
    this.bare = bare;
    this.full = full;
    this.quiet = quiet;
  }

  static ForwardingCost measure(
      LoadGenerator clients, List<Contender> contenders, Contender bare, int rounds)
      throws IOException {
    for (var contender : contenders) {
      warmUp(clients, contender);
    }
    return new ForwardingCost(
        contenders,
        bare,
        Rounds.run(clients, contenders, CONNECTIONS, rounds, FULL_TURN),
        Rounds.run(clients, contenders, 1, rounds, QUIET_TURN));
  }

  private static void warmUp(LoadGenerator clients, Contender contender) throws IOException {
    var answered = 0L;
    for (int turn = 0; turn < MAX_WARM_UP_TURNS && answered < WARM_REQUESTS; turn++) {
      answered += clients.put(contender, CONNECTIONS, WARM_UP_TURN).answered();
    }
  }

  String tables() {
    var underLoad =
        new Table(
            "Under load, " + CONNECTIONS + " connections",
            "",
            "requests/s",
            "ratio",
            "CPU µs/request",
            "ratio",
            "p50 µs",
            "p99 µs");
    var oneByOne =
        new Table(
            "One connection", "", "p50 µs", "ratio", "p99 µs", "ratio", "CPU µs/request", "ratio");
    for (var contender : contenders) {
      underLoad.row(
          contender.name(),
          full.values(contender, Figures::perSecond).text("%,.0f"),
          full.ratios(contender, bare, Figures::perSecond).text("%.2f"),
          full.values(contender, Figures::cpuMicros).text("%.1f"),
          full.ratios(contender, bare, Figures::cpuMicros).text("%.2f"),
          "%,.0f".formatted(full.values(contender, Figures::p50Micros).median()),
          "%,.0f".formatted(full.values(contender, Figures::p99Micros).median()));
      oneByOne.row(
          contender.name(),
          quiet.values(contender, Figures::p50Micros).text("%,.0f"),
          quiet.ratios(contender, bare, Figures::p50Micros).text("%.2f"),
          quiet.values(contender, Figures::p99Micros).text("%,.0f"),
          quiet.ratios(contender, bare, Figures::p99Micros).text("%.2f"),
          quiet.values(contender, Figures::cpuMicros).text("%.1f"),
          quiet.ratios(contender, bare, Figures::cpuMicros).text("%.2f"));
    }
    return underLoad.text() + "\n" + oneByOne.text();
  }
}
