package dev.codingplans.sample.benchmark;

import java.time.Duration;

/**
 * A process that forwards chats to the provider, and whose cost is measured from outside.
 *
 * @param token what lets a client in
 */
record Contender(String name, ProcessHandle process, int port, String token) {

  /** Returns the CPU time, user and system, that the process has used so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }
}
