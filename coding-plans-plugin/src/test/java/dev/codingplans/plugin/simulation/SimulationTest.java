package dev.codingplans.plugin.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ninety days of many users' lives. {@code mvn -Psimulation -pl coding-plans-plugin -am test} runs
 * ten times as many, and {@code -Dsimulation.seed=7} one again.
 */
class SimulationTest {

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName(
      "L3 whatever users, operators, nodes and time do: after every step the books are right")
  void ninetyDays(long seed) {
    try (var simulation = new Simulation(seed)) {
      simulation.run(90);
    }
  }

  static LongStream seeds() {
    var one = Long.getLong("simulation.seed");
    return one == null
        ? LongStream.rangeClosed(1, Long.getLong("simulation.seeds", 20))
        : LongStream.of(one);
  }
}
