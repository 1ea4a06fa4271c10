package dev.codingplans.plugin.cli;

import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a list is asked for. */
final class Filters {

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Asks for items with that value, if there is one. */
  Filters with(String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
    return this;
  }

  /** Returns the path of the list, asked so. */
  String at(String path) {
    return values.isEmpty()
        ? path
        : values.entrySet().stream()
            .map(
                filter ->
                    filter.getKey()
                        + "="
                        + URLEncoder.encode(filter.getValue(), StandardCharsets.UTF_8))
            .collect(joining("&", path + "?", ""));
  }
}
