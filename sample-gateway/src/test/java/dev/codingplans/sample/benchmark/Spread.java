package dev.codingplans.sample.benchmark;

import java.util.stream.DoubleStream;

/** Values of repeated measurements: the one in the middle, and how far the others are from it. */
record Spread(double median, double least, double most) {

  static Spread of(DoubleStream values) {
    var sorted = values.sorted().toArray();
    var middle = sorted.length / 2;
    var median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Returns the median, with the range in brackets. */
  String text(String format) {
    return (format + " (" + format + "–" + format + ")").formatted(median, least, most);
  }
}
