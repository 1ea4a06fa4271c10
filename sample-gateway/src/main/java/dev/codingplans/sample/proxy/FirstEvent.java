package dev.codingplans.sample.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;

/** The first event of a stream, as far as the stream's first bytes hold it. */
final class FirstEvent {

  private static final String DATA = "data:";

  private FirstEvent() {}

  /** Returns what the event carries; nothing if the bytes end before. */
  static byte[] data(byte[] start) {
    return new String(start, UTF_8)
        .lines()
        .dropWhile(line -> !line.startsWith(DATA))
        .takeWhile(line -> line.startsWith(DATA))
        .map(line -> line.substring(DATA.length()))
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }
}
