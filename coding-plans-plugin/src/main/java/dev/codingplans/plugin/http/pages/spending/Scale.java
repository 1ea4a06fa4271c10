package dev.codingplans.plugin.http.pages.spending;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The axis of a chart from zero up: at most five steps, of a size that people count in.
 *
 * @param step 1, 2 or 5 times a power of ten
 */
record Scale(long step, int steps) {

  private static final int MOST_STEPS = 5;
  private static final List<Long> SIZES = List.of(1L, 2L, 5L);

  /** Returns a scale that the value fits on. */
  static Scale upTo(long most) {
    for (long power = 1; power < Long.MAX_VALUE / 100; power *= 10) {
      for (long size : SIZES) {
        var steps = Math.ceilDiv(Math.max(1, most), power * size);
        if (steps <= MOST_STEPS) {
          return new Scale(power * size, Math.toIntExact(steps));
        }
      }
    }
    throw new IllegalArgumentException("no chart is that high: " + most);
  }

  long top() {
    return step * steps;
  }

  /** Returns what stands at the axis. */
  List<Long> marks() {
    return LongStream.rangeClosed(0, steps).mapToObj(i -> i * step).toList();
  }
}
