package dev.codingplans.sample.benchmark;

import java.time.Duration;

/**
 * What one load cost.
 *
 * @param cpuMicros CPU time of the process per request, user and system
 */
record Figures(double perSecond, double cpuMicros, double p50Micros, double p99Micros) {

  static Figures of(Load.Result result, Duration cpu) {
    return new Figures(
        result.answered() * 1e9 / result.nanos(),
        cpu.toNanos() / 1e3 / result.answered(),
        result.p50Nanos() / 1e3,
        result.p99Nanos() / 1e3);
  }
}
