package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Collects the settings from the environment variables and from properties and YAML files, where
 * {@code coding-plans.sweep-interval} is another way to write {@code CODING_PLANS_SWEEP_INTERVAL}.
 * Environment variables win; a blank value counts as none.
 */
public final class SettingsSource {

  private static final List<String> PREFIXES =
      List.of("GATEWAY_", "CODING_PLANS_", "DATABASE_", "JWT_", "MINIMAX_", "TOP_UP_");

  /** What the operator's commands read; whoever types these may start a gateway there, too. */
  private static final Set<String> OF_COMMANDS = Set.of("GATEWAY_URL", "GATEWAY_TOKEN");

  private static final Set<String> NAMES = Set.of("DATA_DIR", "PAYMENT_WEBHOOK_SECRET");

  /**
   * What the framework makes of a short number in a variable's name, as in {@code VM_5_MONTHLY}.
   */
  private static final Pattern LIST_INDEX = Pattern.compile("\\[([0-9]{1,2})]");

  private SettingsSource() {}

  /**
   * Returns the settings by the names of environment variables.
   *
   * @throws InvalidSettingsException if any refers to what nobody has set
   */
  public static Map<String, String> collect(Environment environment) {
    var settings = new TreeMap<String, String>();
    var faults = new ArrayList<String>();
    environment.getPropertySources().stream()
        .sorted(Comparator.comparingInt(PropertySource::getOrder))
        .forEach(source -> collect(environment, source, settings, faults));
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return settings;
  }

  private static void collect(
      Environment environment,
      PropertySource source,
      Map<String, String> settings,
      List<String> faults) {
    for (String key : source) {
      var name = nameOf(key, source.getConvention());
      var value = source.get(key);
      if (value != null && isSetting(name)) {
        var resolved = environment.getPlaceholderResolver().resolvePlaceholders(value.toString());
        if (resolved.isEmpty()) {
          faults.add(name + " refers with ${…} to something that is not set.");
        }
        var text = resolved.orElse("");
        if (!text.isBlank() && !KubernetesVariables.includes(name, text)) {
          settings.put(name, text.strip());
        }
      }
    }
  }

  private static String nameOf(String key, PropertyConvention convention) {
    return convention == PropertyConvention.ENVIRONMENT_VARIABLE
        ? LIST_INDEX.matcher(key).replaceAll(index -> "_" + index.group(1) + separator(index, key))
        : key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String separator(MatchResult index, String key) {
    return index.end() == key.length() ? "" : "_";
  }

  private static boolean isSetting(String name) {
    return !OF_COMMANDS.contains(name)
        && (NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith));
  }
}
