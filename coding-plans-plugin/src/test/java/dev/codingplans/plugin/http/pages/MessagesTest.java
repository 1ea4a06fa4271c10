package dev.codingplans.plugin.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("texts of the pages")
class MessagesTest {

  private static final Pattern KEY = Pattern.compile("(?:text|find)\\(\"([a-z0-9_.]+)\"[,)]");
  private static final Pattern WORDS = Pattern.compile(">\\s*[A-Z][a-z]+ [a-z]+");

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
