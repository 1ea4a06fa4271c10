package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.plugin.http.pages.Frame;
import java.util.List;
import java.util.Optional;

/**
 * One thing that an operator looks at in the morning.
 *
 * @param name of what, as in the keys of its texts
 * @param state how it is, as in the key of the sentence that says so
 * @param figures what the sentence names: numbers, and an {@link Age}
 * @param section where on the page more is told
 */
record Light(
    String name, Level level, String state, List<Object> figures, Optional<String> section) {

  static Light of(String name, Level level, String state, Object... figures) {
    return new Light(name, level, state, List.of(figures), Optional.empty());
  }

  Light in(String section) {
    return new Light(name, level, state, figures, Optional.of(section));
  }

  String nameKey() {
    return "operate.light." + name;
  }

  String sentence(Frame frame) {
    return frame.text(
        "operate.light." + name + "." + state,
        figures.stream()
            .map(figure -> figure instanceof Age age ? age.text(frame) : figure)
            .toArray());
  }
}
