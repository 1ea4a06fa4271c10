package dev.codingplans.plugin.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of HTML as the plugin's own pages use. */
final class Html {

  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)(?:=\"([^\"]*)\")?");
  private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d+)|(amp|lt|gt|quot|nbsp));");
  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "nbsp", " ");

  private Html() {}

  static Map<String, String> attributes(String source) {
    var attributes = new LinkedHashMap<String, String>();
    var attribute = ATTRIBUTE.matcher(source);
    while (attribute.find()) {
      attributes.put(
          attribute.group(1), attribute.group(2) == null ? "" : decode(attribute.group(2)));
    }
    return attributes;
  }

  /** Returns the words between the tags, with single spaces. */
  static String text(String source) {
    return decode(source.replaceAll("<[^>]*>", " ")).replaceAll("\\s+", " ").strip();
  }

  static String decode(String text) {
    return ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
  }

  private static String character(MatchResult entity) {
    return entity.group(1) == null
        ? NAMED.get(entity.group(2))
        : Character.toString(Integer.parseInt(entity.group(1)));
  }
}
