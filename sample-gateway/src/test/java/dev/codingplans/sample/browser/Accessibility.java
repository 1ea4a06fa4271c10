package dev.codingplans.sample.browser;

import static java.util.stream.Collectors.joining;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** What axe finds on a page. */
final class Accessibility {

  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private Accessibility() {}

  /** Returns a line per serious or critical finding, with where it is. */
  static List<String> findings(Page page) {
    return findings(new AxeBuilder(page));
  }

  /** Looks at nothing but colours, which are all that differs between light and dark. */
  static List<String> ofColours(Page page) {
    return findings(new AxeBuilder(page).withRules(List.of("color-contrast")));
  }

  private static List<String> findings(AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .filter(rule -> GRAVE.contains(rule.getImpact()))
        .map(Accessibility::line)
        .toList();
  }

  private static String line(Rule rule) {
    var places =
        rule.getNodes().stream().map(node -> String.valueOf(node.getHtml())).collect(joining("; "));
    return rule.getId() + " (" + rule.getImpact() + "): " + rule.getHelp() + ": " + places;
  }
}
