package dev.codingplans.plugin.http.pages;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("texts of the pages")
class MessagesTest {

  private static final Pattern KEY =
      Pattern.compile("(?:text|find)\\(\"([a-z0-9_]+\\.[a-z0-9_.]+)\"[,)]");
  private static final Pattern WORDS = Pattern.compile(">\\s*[A-Z][a-z]+ [a-z]+");

  private static final Pattern LITERAL = Pattern.compile("\"([a-z0-9_.]+)\"");

  /** A key may be put together from its beginning and something that the code knows. */
  private static final Pattern BEGINNING = Pattern.compile("[a-z0-9_]+\\.([a-z0-9_.]+\\.)?");

  /** Any refusal can come to any page, and its field may have a text of its own. */
  private static final Set<String> CODES =
      Stream.of(Refusal.Code.values())
          .map(code -> "error." + code.name().toLowerCase(Locale.ROOT))
          .collect(toUnmodifiableSet());

  private final Messages messages = new Messages();

  @Test
  @DisplayName("every text that a template or a class names is in the bundle")
  void complete() {
    assertThat(
            Stream.concat(files("src/main/jte"), files("src/main/java/dev/codingplans/plugin/http"))
                .flatMap(text -> KEY.matcher(text).results())
                .map(found -> found.group(1))
                .filter(key -> messages.find(key).isEmpty()))
        .isEmpty();
  }

  @Test
  @DisplayName("no text is in the bundle twice: the later one would win, unseen")
  void once() {
    assertThat(
            files("src/main/resources/dev/codingplans/plugin/http/pages/messages.properties")
                .flatMap(String::lines)
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('='))))
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("no text is left over in the bundle")
  void needed() {
    var literals =
        Stream.concat(files("src/main/jte"), files("src/main/java/dev/codingplans/plugin/http"))
            .flatMap(text -> LITERAL.matcher(text).results())
            .map(found -> found.group(1))
            .collect(toUnmodifiableSet());

    assertThat(messages.keys().filter(key -> !isNeeded(key, literals))).isEmpty();
  }

  private static boolean isNeeded(String key, Set<String> literals) {
    if (key.startsWith("event.")) {
      return literals.contains(key.substring("event.".length()));
    }
    if (key.startsWith("error.")) {
      return CODES.stream().anyMatch(code -> key.equals(code) || key.startsWith(code + "."));
    }
    return literals.contains(key)
        || literals.stream()
            .anyMatch(text -> BEGINNING.matcher(text).matches() && key.startsWith(text));
  }

  @Test
  @DisplayName("no template has texts of its own")
  void inOnePlace() {
    assertThat(
            files("src/main/jte")
                .flatMap(text -> WORDS.matcher(text).results())
                .map(MatchResult::group))
        .isEmpty();
  }

  private static Stream<String> files(String folder) {
    try (var files = Files.walk(Path.of(folder))) {
      return files.filter(Files::isRegularFile).map(MessagesTest::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
