package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

  void fault(String sentence) {
    faults.add(sentence);
  }

  void refuseFaults() {
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }
}
