package dev.codingplans.plugin.support;

import static java.util.stream.Collectors.joining;

import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A form of a page, filled in as the page has it, or as its visitor has changed it.
 *
 * @param fields what it sends, hidden fields too; without the buttons
 */
public record PageForm(VisitedPage page, String action, Map<String, String> fields) {

  private static final Pattern FORM = Pattern.compile("<form\\b(.*?)</form>", Pattern.DOTALL);
  private static final Pattern CONTROL =
      Pattern.compile(
          "<input\\b(?<input>[^>]*)>"
              + "|<textarea\\b(?<area>[^>]*)>(?<text>.*?)</textarea>"
              + "|<select\\b(?<select>[^>]*)>(?<options>.*?)</select>",
          Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("<option\\b([^>]*)>");

  static List<PageForm> allOf(VisitedPage page) {
    return FORM.matcher(page.html()).results().map(form -> of(page, form.group(1))).toList();
  }

  private static PageForm of(VisitedPage page, String source) {
    var head = Html.attributes(source.substring(0, source.indexOf('>')));
    return new PageForm(page, head.getOrDefault("action", page.address()), controls(source));
  }

  private static Map<String, String> controls(String source) {
    var fields = new LinkedHashMap<String, String>();
    var control = CONTROL.matcher(source);
    while (control.find()) {
      if (control.group("input") != null) {
        addInput(fields, Html.attributes(control.group("input")));
      } else if (control.group("area") != null) {
        var name = Html.attributes(control.group("area")).get("name");
        fields.put(name, Html.decode(control.group("text")));
      } else {
        var name = Html.attributes(control.group("select")).get("name");
        fields.put(name, chosen(control.group("options")));
      }
    }
    return fields;
  }

  private static void addInput(Map<String, String> fields, Map<String, String> input) {
    var name = input.get("name");
    var canBeOff = List.of("checkbox", "radio").contains(input.getOrDefault("type", "text"));
    if (name != null && (!canBeOff || input.containsKey("checked"))) {
      fields.put(name, input.getOrDefault("value", canBeOff ? "on" : ""));
    }
  }

  private static String chosen(String options) {
    var all = OPTION.matcher(options).results().map(it -> Html.attributes(it.group(1))).toList();
    return all.stream()
        .filter(option -> option.containsKey("selected"))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(option -> option.getOrDefault("value", ""))
        .orElse("");
  }

  /** Returns the form with a field filled in, or with the name and value of a button. */
  public PageForm with(String name, String value) {
    var changed = new LinkedHashMap<>(fields);
    changed.put(name, value);
    return new PageForm(page, action, changed);
  }

  public PageForm without(String name) {
    var changed = new LinkedHashMap<>(fields);
    changed.remove(name);
    return new PageForm(page, action, changed);
  }

  /** Sends the form and goes where it leads. */
  public VisitedPage submit() {
    return page.visitor().follow(send());
  }

  /** Sends the form and returns what came back, as it is. */
  public Answer send() {
    return page.visitor().post(action, body());
  }

  private String body() {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
