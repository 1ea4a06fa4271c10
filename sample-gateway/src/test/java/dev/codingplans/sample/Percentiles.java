package dev.codingplans.sample;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.LongStream;

/** Times as a line of figures. */
final class Percentiles {

  private Percentiles() {}

  static String of(Collection<Long> nanos) {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? "none"
        : String.format(
            Locale.ROOT,
            "%d, p50 %.1f ms, p99 %.1f ms, max %.1f ms",
            sorted.length,
            millis(sorted, 0.5),
            millis(sorted, 0.99),
            LongStream.of(sorted).max().orElseThrow() / 1e6);
  }

  private static double millis(long[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
  }
}
