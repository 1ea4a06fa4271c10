package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads typed values and keeps every fault. After a fault it returns the default, so that reading
 * goes on to the next fault; {@link #refuseFaults} ends it.
 */
final class SettingsReader {

  private static final int HIGHEST_PORT = 65_535;

  private final Map<String, String> settings;
  private final List<String> faults = new ArrayList<>();

  SettingsReader(Map<String, String> settings) {
    this.settings = settings;
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  String text(String name, String absent) {
    return settings.getOrDefault(name, absent);
  }

  int count(String name, int absent) {
    var value = settings.get(name);
    if (value == null) {
      return absent;
    }
    if (value.matches("[1-9]\\d{0,5}")) {
      return Integer.parseInt(value);
    }
    fault(name + " must be a number from 1 to 999999.");
    return absent;
  }

  /** Reads an ISO-8601 duration within bounds. */
  Duration duration(String name, Duration absent, Duration least, Duration most) {
    var value = settings.get(name);
    if (value == null) {
      return absent;
    }
    try {
      var given = Duration.parse(value);
      if (given.compareTo(least) >= 0 && given.compareTo(most) <= 0) {
        return given;
      }
    } catch (DateTimeParseException e) {
      // Falls through: the fault says what is wanted.
    }
    fault(name + " must be an ISO-8601 duration from " + least + " to " + most + ".");
    return absent;
  }

  int port(String name, int absent) {
    var value = settings.get(name);
    if (value == null) {
      return absent;
    }
    if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= HIGHEST_PORT) {
      return Integer.parseInt(value);
    }
    fault(name + " must be a port, 0 to " + HIGHEST_PORT + " (0 is any free one).");
    return absent;
  }

  Path path(String name, Path absent) {
    var value = settings.get(name);
    try {
      return (value == null ? absent : Path.of(value)).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      fault(name + " must be a path.");
      return absent;
    }
  }

  URI httpUrl(String name, URI absent) {
    var value = settings.get(name);
    if (value == null) {
      return absent;
    }
    if (isHttpUrl(value)) {
      return URI.create(value);
    }
    fault(name + " must be an http or https URL without credentials or fragment.");
    return absent;
  }

  /** Reads a URL that paths are added to. */
  URI baseUrl(String name, URI absent) {
    var url = httpUrl(name, absent);
    if (url.getRawQuery() == null) {
      return url;
    }
    fault(name + " must be a URL without a query, because paths are added to it.");
    return absent;
  }

  String host(String name, String absent) {
    var value = text(name, absent);
    if (resolve(value).isEmpty()) {
      fault(name + " must be an address of this machine, or a name of one.");
    }
    return value;
  }

  /** Reads a host for what must be reachable from this machine alone. */
  String loopbackHost(String name, String absent) {
    var value = host(name, absent);
    if (resolve(value).filter(address -> !address.isLoopbackAddress()).isPresent()) {
      fault(name + " must be a loopback address: the log-ins of the demo are known to everybody.");
    }
    return value;
  }

  private static Optional<InetAddress> resolve(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean isHttpUrl(String value) {
    try {
      var url = URI.create(value);
      return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean hasFaults() {
    return !faults.isEmpty();
  }

  void fault(String sentence) {
    faults.add(sentence);
  }

  void refuseFaults() {
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }
}
