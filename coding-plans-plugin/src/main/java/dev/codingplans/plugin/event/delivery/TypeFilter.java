package dev.codingplans.plugin.event.delivery;

import dev.codingplans.plugin.event.EventTypes;
import java.util.List;

/** The types of events that a listener wants: by name, or by group as {@code subscription.*}. */
record TypeFilter(List<String> patterns) {

  static final TypeFilter ALL = new TypeFilter(List.of("*"));

  /** Tells whether the text names an event or a group that has one. */
  static boolean isPattern(String text) {
    return EventTypes.ALL.stream().anyMatch(type -> matches(text, type));
  }

  boolean matches(String type) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, type));
  }

  private static boolean matches(String pattern, String type) {
    return pattern.equals("*")
        || pattern.equals(type)
        || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
  }
}
