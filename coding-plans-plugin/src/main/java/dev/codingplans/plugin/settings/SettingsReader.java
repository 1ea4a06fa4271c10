package dev.codingplans.plugin.settings;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads settings by name. A faulty value is noted, replaced by the default, and reading goes on, so
 * that all faults are known at the end. Not for concurrent use.
 */
public final class SettingsReader {

  private static final String FILE = "file:";
  private static final String OWN_PREFIX = "CODING_PLANS_";
  private static final Pattern INJECTED =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

  private final Map<String, String> settings;
  private final Set<String> known = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  public SettingsReader(Map<String, String> settings) {
    this.settings = new TreeMap<>(settings);
  }

  /** Returns the value; an empty one counts as absent. */
  public Optional<String> text(String name) {
    known.add(name);
    return Optional.ofNullable(settings.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  public Optional<Secret> secret(String name) {
    return text(name).map(Secret::of);
  }

  /** Returns the value, or what the file holds if the value is {@code file:PATH}. */
  public Optional<String> textOrFile(String name) {
    return text(name)
        .flatMap(value -> filePath(value).map(f -> contents(name, f)).orElse(Optional.of(value)));
  }

  /** Returns the path of a value of the form {@code file:PATH}. */
  public static Optional<Path> filePath(String value) {
    try {
      return value.startsWith(FILE)
          ? Optional.of(Path.of(value.substring(FILE.length())))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<String> contents(String name, Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      fault(name + ": the file " + file + " cannot be read.");
      return Optional.empty();
    }
  }

  /** Only {@code true} is on. */
  public boolean flag(String name) {
    return text(name).map("true"::equals).orElse(false);
  }

  /** Reads an ISO-8601 duration of at least the given length. */
  public Duration duration(String name, Duration absent, Duration atLeast) {
    return parsed(
        name,
        absent,
        "an ISO-8601 duration of at least " + atLeast,
        text -> {
          var value = Duration.parse(text);
          return value.compareTo(atLeast) >= 0 ? Optional.of(value) : Optional.empty();
        });
  }

  /** Reads an ISO-8601 duration of at least and at most the given lengths. */
  public Duration duration(String name, Duration absent, Duration atLeast, Duration atMost) {
    return parsed(
        name,
        absent,
        "an ISO-8601 duration of at least " + atLeast + " and at most " + atMost,
        text -> {
          var value = Duration.parse(text);
          return value.compareTo(atLeast) >= 0 && value.compareTo(atMost) <= 0
              ? Optional.of(value)
              : Optional.empty();
        });
  }

  /**
   * Returns what follows the prefix in the names of settings, each with its value; an empty one
   * counts as absent.
   */
  public Map<String, String> startingWith(String prefix) {
    var found = new TreeMap<String, String>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            text(name).ifPresent(v -> found.put(name.substring(prefix.length()), v));
          }
        });
    return found;
  }

  private <T> T parsed(String name, T absent, String wanted, Function<String, Optional<T>> parser) {
    var text = text(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      var value = parser.apply(text.get());
      if (value.isPresent()) {
        return value.get();
      }
    } catch (DateTimeParseException e) {
      // Falls through: the fault says what is wanted.
    }
    fault(name + ": it must be " + wanted + ".");
    return absent;
  }

  /** Notes a fault, a sentence that names the setting and no secret. */
  public void fault(String sentence) {
    faults.add(sentence);
  }

  /** Tells whether a fault of the setting was noted. */
  public boolean hasFault(String name) {
    return faults.stream().anyMatch(fault -> fault.startsWith(name + ":"));
  }

  /**
   * Returns every fault, own settings that nobody asked for included; call it after all reading.
   */
  public List<String> faults() {
    var all = new ArrayList<>(faults);
    settings.keySet().stream()
        .filter(name -> name.startsWith(OWN_PREFIX) && !known.contains(name))
        .filter(name -> !isInjected(name))
        .forEach(name -> all.add(name + ": there is no such setting."));
    return List.copyOf(all);
  }

  /** Kubernetes describes every service of a namespace in variables named after it. */
  private boolean isInjected(String name) {
    return INJECTED.matcher(name).matches()
        || (name.endsWith("_PORT") && settings.getOrDefault(name, "").contains("://"));
  }
}
