package dev.codingplans.plugin.support;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A wire between the console and its database on which round trips are counted. */
public final class RoundTrips implements AutoCloseable {

  private static final int ATTEMPTS = 5;

  private final FaultyWire wire;

  private RoundTrips(FaultyWire wire) {
    this.wire = wire;
  }

  public static RoundTrips to(TestDatabase database) {
    return new RoundTrips(FaultyWire.to(database));
  }

  /** Returns the settings that lead a plugin over this wire. */
  public Map<String, String> settings() {
    return wire.settings();
  }

  /**
   * Does a deed a few times and returns the statements of the time with the fewest, one for each
   * round trip. What the plugin does beside it only ever adds some; what a connection needs for
   * itself does not count.
   */
  public List<String> of(Runnable deed) {
    return IntStream.range(0, ATTEMPTS)
        .mapToObj(attempt -> during(deed))
        .min(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  private List<String> during(Runnable deed) {
    wire.failAt(Integer.MAX_VALUE, Fault.REFUSED);
    deed.run();
    return wire.mend();
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
