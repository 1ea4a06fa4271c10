package dev.codingplans.plugin.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as its visitor sees it.
 *
 * @param address where it was found, also after a form has led there
 * @param html its source
 */
public record VisitedPage(PageVisitor visitor, String address, String html) {

  private static final Pattern BANNER = Pattern.compile("<p class=\"banner[^>]*>(.*?)</p>");

  private static final Pattern LINK = Pattern.compile("<a\\b[^>]*?href=\"([^\"]*)\"");

  /** Returns all words of the page's main part, or of all if it has none, with single spaces. */
  public String text() {
    var start = Math.max(0, html.indexOf("<main"));
    var end = html.indexOf("</main>");
    return Html.text(html.substring(start, end < 0 ? html.length() : end));
  }

  /** Returns the words of the first element of the kind that has the part in its source. */
  public String textOf(String element, String part) {
    return all(element).stream()
        .filter(source -> source.contains(part))
        .findFirst()
        .map(Html::text)
        .orElseThrow(() -> new AssertionError("no " + element + " with " + part + " in " + html));
  }

  /** Returns the words of all elements of a kind, which do not contain their like. */
  public List<String> textsOf(String element) {
    return all(element).stream().map(Html::text).toList();
  }

  /** Returns what the page says of the deed that led to it; empty if it says nothing. */
  public String banner() {
    return Optional.of(BANNER.matcher(html))
        .filter(Matcher::find)
        .map(found -> Html.text(found.group(1)))
        .orElse("");
  }

  public List<PageForm> forms() {
    return PageForm.allOf(this);
  }

  /** Tells whether there is a form that is sent to the address. */
  public boolean hasForm(String action) {
    return forms().stream().anyMatch(form -> form.action().equals(action));
  }

  /** Returns the first form that is sent to the address. */
  public PageForm form(String action) {
    return forms().stream()
        .filter(form -> form.action().equals(action))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no form to " + action + " in " + html));
  }

  /** Returns the address of the first link that has the part in it. */
  public String link(String part) {
    return LINK.matcher(html)
        .results()
        .map(found -> Html.decode(found.group(1)))
        .filter(address -> address.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link with " + part + " in " + html));
  }

  /** Returns a form of this sign-in that the page does not show, as one that was left open. */
  public PageForm formLeftOpen(String action) {
    var csrf = forms().getFirst().fields().get("csrf");
    return new PageForm(this, action, Map.of("csrf", csrf));
  }

  private List<String> all(String element) {
    return Pattern.compile("<%1$s\\b.*?</%1$s>".formatted(element), Pattern.DOTALL)
        .matcher(html)
        .results()
        .map(found -> found.group())
        .toList();
  }
}
