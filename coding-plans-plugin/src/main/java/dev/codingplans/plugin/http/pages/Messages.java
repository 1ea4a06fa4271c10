package dev.codingplans.plugin.http.pages;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All texts of the pages. */
@Singleton
public final class Messages {

  private static final String FILE = "messages.properties";

  /** Simpler than the JDK's formats: an apostrophe is an apostrophe. */
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

  private final PropertyResourceBundle bundle;

  Messages() {
    try (var in = Messages.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no texts for its pages");
      }
      this.bundle = new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text, with the arguments at <code>{0}</code>, <code>{1}</code> and so on. */
  public String text(String key, Object... arguments) {
    return PLACE
        .matcher(bundle.getString(key))
        .replaceAll(place -> Matcher.quoteReplacement(argument(place, arguments)));
  }

  /** Returns the text if there is one. */
  public Optional<String> find(String key) {
    return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
  }

  Stream<String> keys() {
    return bundle.keySet().stream();
  }

  private static String argument(MatchResult place, Object[] arguments) {
    return String.valueOf(arguments[Integer.parseInt(place.group(1))]);
  }
}
