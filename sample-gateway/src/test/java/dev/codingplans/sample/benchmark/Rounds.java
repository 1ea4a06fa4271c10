package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The same load on all contenders by turns, again and again. What disturbs a machine lasts longer
 * than a turn, so the contenders of one round are compared with each other, and the median of these
 * ratios is taken.
 */
final class Rounds {

  private final LoadGenerator clients;
  private final Map<Contender, List<Figures>> figures = new HashMap<>();

  private Rounds(LoadGenerator clients) {
    this.clients = clients;
  }

  static Rounds run(
      LoadGenerator clients, List<Contender> contenders, int connections, int rounds, Duration turn)
      throws IOException {
    var run = new Rounds(clients);
    for (int round = 0; round < rounds; round++) {
      for (var contender : contenders) {
        run.figures
            .computeIfAbsent(contender, none -> new ArrayList<>())
            .add(run.measure(contender, connections, turn));
      }
    }
    return run;
  }

  /** Returns the values of a figure in all rounds. */
  Spread values(Contender contender, ToDoubleFunction<Figures> figure) {
    return Spread.of(figures.get(contender).stream().mapToDouble(figure));
  }

  /** Returns how a figure relates to that of another contender in the same round. */
  Spread ratios(Contender contender, Contender to, ToDoubleFunction<Figures> figure) {
    var ours = figures.get(contender);
    var theirs = figures.get(to);
    return Spread.of(
        IntStream.range(0, ours.size())
            .mapToDouble(
                round ->
                    figure.applyAsDouble(ours.get(round))
                        / figure.applyAsDouble(theirs.get(round))));
  }

  private Figures measure(Contender contender, int connections, Duration turn) throws IOException {
    var before = contender.cpu();
    var result = clients.put(contender, connections, turn);
    return Figures.of(result, contender.cpu().minus(before));
  }
}
