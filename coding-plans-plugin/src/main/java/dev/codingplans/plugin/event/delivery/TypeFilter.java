package dev.codingplans.plugin.event.delivery;

import java.util.List;
import java.util.regex.Pattern;

/** The types of events that a listener wants: by name, or by group as {@code subscription.*}. */
record TypeFilter(List<String> patterns) {

  static final TypeFilter ALL = new TypeFilter(List.of("*"));

  private static final Pattern FORM = Pattern.compile("\\*|[a-z_]+(\\.[a-z_]+)*(\\.\\*)?");

  static boolean isPattern(String text) {
    return FORM.matcher(text).matches();
  }

  boolean matches(String type) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                    : type.equals(pattern));
  }
}
