package dev.codingplans.sample.metered;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;

/** One event of a stream, as it comes. */
final class Event {

  private static final String DATA = "data:";

  private Event() {}

  /** Returns what the event carries. */
  static byte[] data(byte[] event) {
    return new String(event, UTF_8)
        .lines()
        .filter(line -> line.startsWith(DATA))
        .map(line -> line.substring(DATA.length()))
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }
}
