package dev.codingplans.sample.benchmark;

import dev.codingplans.sample.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** The program that measures, and prints the tables of BENCHMARKS.md. */
final class Benchmark {

  private final Path folder;
  private final int rounds;
  private final int starts;

  private Benchmark(Path folder, int rounds, int starts) {
    this.folder = folder;
    this.rounds = rounds;
    this.starts = starts;
  }

  /** Takes a number of rounds and of starts. */
  public static void main(String[] arguments) throws IOException {
    // Figures are written as in BENCHMARKS.md, wherever they are measured.
    Locale.setDefault(Locale.ROOT);
    // The starts are timed by looking at what they print.
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    // Gateways do not notice that the benchmark was interrupted.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    new Benchmark(
            Files.createTempDirectory(GatewayProcess.FOLDER.getParent(), "benchmark-"),
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]))
        .run();
  }

  private void run() throws IOException {
    add(Machine.description());
    add(DropInJar.table(GatewayProcess.FOLDER.resolve("plugins")));
    add(DemoStart.table(folder, starts));
    try (var clients = LoadGenerator.start();
        var lineUp = new LineUp(folder)) {
      var gateway = lineUp.gatewayWithPlan();
      var bare = lineUp.bareProxy(gateway);
      var contenders =
          List.of(
              gateway,
              lineUp.gatewayWithApiKey(gateway),
              lineUp.gatewayOnCredits(gateway),
              bare,
              lineUp.springCloudGateway(gateway),
              lineUp.plainGateway(),
              lineUp.noGateway());
      add(ForwardingCost.measure(clients, contenders, bare, rounds).tables());
      if (FlightRecording.isPossible()) {
        add(profile(clients, gateway, "gateway.jfr").tables(profile(clients, bare, "bare.jfr")));
      }
    }
  }

  private Profile profile(LoadGenerator clients, Contender contender, String file)
      throws IOException {
    return Profile.take(clients, contender, folder.resolve(file));
  }

  private void add(String tables) {
    System.out.println(tables);
  }
}
