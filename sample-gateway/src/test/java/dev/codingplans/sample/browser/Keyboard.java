package dev.codingplans.sample.browser;

import com.microsoft.playwright.Page;
import java.util.List;

/** A page without a mouse. */
final class Keyboard {

  private static final int MOST_STEPS = 300;

  /** Numbers what can be used, and notes what it looks like without the focus. */
  private static final String MARK =
      """
      () => {
        window.lookOf = element => {
          const style = getComputedStyle(element);
          return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
              style.borderColor, style.backgroundColor, style.textDecoration].join(' ');
        };
        const all = document.querySelectorAll(
            'a[href], button, input, select, textarea, summary, [tabindex="0"]');
        const usable = [...all].filter(element => !element.disabled && element.tabIndex >= 0
            && element.type !== 'hidden' && element.checkVisibility()
            && !(element.type === 'radio' && !element.checked));
        document.activeElement?.blur();
        window.waiting = new Map(usable.map(element => [element, lookOf(element)]));
        window.unseen = [];
        return usable.length;
      }""";

  /** Ticks off what has the focus now; returns whether there is more to come. */
  private static final String STEP =
      """
      () => {
        const now = document.activeElement;
        if (waiting.has(now)) {
          if (waiting.get(now) === lookOf(now)) {
            unseen.push('no visible focus: ' + now.outerHTML.slice(0, 200));
          }
          waiting.delete(now);
        }
        return waiting.size > 0;
      }""";

  private static final String FAULTS =
      """
      () => unseen.concat(
          [...waiting.keys()].map(element => 'not reached: ' + element.outerHTML.slice(0, 200)))""";

  private Keyboard() {}

  /** Returns a line for whatever Tab does not reach, or reaches without showing it. */
  static List<String> faults(Page page) {
    page.evaluate(MARK);
    for (int step = 0; step < MOST_STEPS; step++) {
      page.keyboard().press("Tab");
      if (Boolean.FALSE.equals(page.evaluate(STEP))) {
        break;
      }
    }
    return ((List<?>) page.evaluate(FAULTS)).stream().map(String::valueOf).toList();
  }
}
