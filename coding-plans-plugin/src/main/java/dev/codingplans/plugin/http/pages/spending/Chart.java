package dev.codingplans.plugin.http.pages.spending;

import dev.codingplans.plugin.usage.UsageOfDay;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A figure of each day as a stack of bars, one for each category, in the units of its picture.
 *
 * @param id tells it from the other charts of the page
 */
record Chart(String id, List<Line> lines, List<Mark> marks, List<Stack> stacks) {

  static final int WIDTH = 480;
  static final int HEIGHT = 220;
  static final int LEFT = 64;
  private static final int TOP = 12;
  static final int BOTTOM = 192;
  static final int RIGHT = 472;
  private static final int MOST_MARKS = 6;

  /** Colours are told apart by eyes, and there are no more. */
  private static final int COLOURS = 6;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  /** A line across, and what stands at its left. */
  record Line(int y, String label) {}

  /**
   * What stands below a day.
   *
   * @param anchor which part of it is at {@code x}
   */
  record Mark(int x, String anchor, String label) {}

  /** A day with something in it. */
  record Stack(String label, List<Bar> bars) {}

  /** What a category came to, in the colour of its place in the legend. */
  record Bar(int colour, int x, int y, int width, int height) {}

  /** Draws a figure of the days, which go from the latest back. */
  static Chart of(
      String id, Usage usage, ToLongFunction<UsageOfDay> figure, LongFunction<String> label) {
    var byDay = usage.days().stream().collect(Collectors.groupingBy(UsageOfDay::day));
    var scale =
        Scale.upTo(
            byDay.values().stream()
                .mapToLong(day -> day.stream().mapToLong(figure).sum())
                .max()
                .orElse(0));
    var stacks = new ArrayList<Stack>();
    for (int i = 0; i < usage.count(); i++) {
      var day = usage.first().plusDays(i);
      var drawn = byDay.getOrDefault(day, List.of());
      if (drawn.stream().mapToLong(figure).sum() > 0) {
        stacks.add(stack(day, drawn, usage, i, figure, label, scale));
      }
    }
    return new Chart(id, lines(scale, label), marks(usage), stacks);
  }

  private static Stack stack(
      LocalDate day,
      List<UsageOfDay> drawn,
      Usage usage,
      int index,
      ToLongFunction<UsageOfDay> figure,
      LongFunction<String> label,
      Scale scale) {
    var bars = new ArrayList<Bar>();
    var x = x(index, usage.count());
    var width = Math.max(2, (RIGHT - LEFT) / usage.count() * 4 / 5);
    long below = 0;
    for (var category : usage.categories()) {
      var value =
          drawn.stream().filter(each -> each.category().equals(category)).mapToLong(figure).sum();
      var y = y(below + value, scale);
      if (value > 0) {
        // What there is is seen, however little it is.
        var height = Math.max(1, y(below, scale) - y);
        bars.add(new Bar(colourOf(usage.categories().indexOf(category)), x, y, width, height));
      }
      below += value;
    }
    return new Stack(DAY.format(day) + ": " + label.apply(below), bars);
  }

  static int colourOf(int place) {
    return place % COLOURS;
  }

  private static List<Line> lines(Scale scale, LongFunction<String> label) {
    return scale.marks().stream()
        .map(value -> new Line(y(value, scale), label.apply(value)))
        .toList();
  }

  /** From today back; there is nothing to the right of today. */
  private static List<Mark> marks(Usage usage) {
    var every = Math.ceilDiv(usage.count(), MOST_MARKS);
    var half = (RIGHT - LEFT) / usage.count() / 2;
    var today = usage.count() - 1;
    var marks = new ArrayList<Mark>();
    marks.add(new Mark(RIGHT, "end", DAY.format(usage.last())));
    for (int i = today - every; i >= 0; i -= every) {
      marks.add(
          new Mark(x(i, usage.count()) + half, "middle", DAY.format(usage.first().plusDays(i))));
    }
    return marks;
  }

  private static int x(int day, int days) {
    return LEFT + day * (RIGHT - LEFT) / days;
  }

  private static int y(long value, Scale scale) {
    return Math.toIntExact(BOTTOM - Math.multiplyExact(value, BOTTOM - TOP) / scale.top());
  }
}
