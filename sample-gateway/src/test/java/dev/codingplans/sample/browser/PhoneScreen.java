package dev.codingplans.sample.browser;

import com.microsoft.playwright.Page;
import java.util.List;

/** A page on a narrow screen. */
final class PhoneScreen {

  /** What is wider than the screen counts unless it scrolls within something that is not. */
  private static final String TOO_WIDE =
      """
      () => {
        const scrolls = element => element !== document.documentElement && element !== document.body
            && getComputedStyle(element).overflowX !== 'visible';
        const within = element => {
          for (let up = element.parentElement; up; up = up.parentElement) if (scrolls(up)) return true;
          return false;
        };
        const page = document.documentElement;
        if (page.scrollWidth <= page.clientWidth) return [];
        return ['the page is ' + page.scrollWidth + ' wide on ' + page.clientWidth].concat(
            [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > page.clientWidth + 1)
                .filter(element => !within(element))
                .slice(0, 5)
                .map(element => element.outerHTML.slice(0, 160)));
      }""";

  private PhoneScreen() {}

  /** Returns why the page scrolls sideways; nothing if it does not. */
  static List<String> faults(Page page) {
    return ((List<?>) page.evaluate(TOO_WIDE)).stream().map(String::valueOf).toList();
  }
}
