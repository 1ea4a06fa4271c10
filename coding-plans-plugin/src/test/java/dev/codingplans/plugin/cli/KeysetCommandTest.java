package dev.codingplans.plugin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.plugin.vault.Keyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operator's keyset")
class KeysetCommandTest {

  @TempDir private Path folder;

  @Test
  @DisplayName("I6 is made, grows, is promoted and shrinks through pipes")
  void pipes() throws Exception {
    var fresh = type("", "keyset");
    var first = Keyset.parse(fresh.out());

    var added = type(fresh.out(), "keyset", "add");
    var grown = Keyset.parse(added.out());
    assertThat(grown.keyIds()).hasSize(2).startsWith(first.primaryKeyId());
    assertThat(grown.primaryKeyId()).isEqualTo(first.primaryKeyId());
    assertThat(added.err()).contains(first.primaryKeyId() + " (encrypts)", "every node");

    var promoted = Keyset.parse(type(added.out(), "keyset", "promote").out());
    assertThat(promoted.primaryKeyId()).isEqualTo(grown.keyIds().getLast());

    var old = first.primaryKeyId().toString();
    var shrunk = type(promoted.toJson(), "keyset", "retire", "--key", old);
    assertThat(Keyset.parse(shrunk.out()).keyIds()).containsExactly(promoted.primaryKeyId());
  }

  @Test
  @DisplayName("I6 is changed in its file, as a whole")
  void file() throws Exception {
    var file = keysetFile();
    var before = Files.readString(file);
    var link = Files.createSymbolicLink(folder.resolve("link.json"), file);

    var added = type("", "keyset", "add", link.toString());

    assertThat(added.exitCode()).as(added.all()).isZero();
    assertThat(added.out()).isEmpty();
    var grown = Files.readString(file);
    assertThat(Keyset.parse(grown).keyIds()).hasSize(2);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, link);
    }
    for (var keyset : List.of(before, grown)) {
      for (var key : new ObjectMapper().readTree(keyset).findValuesAsText("value")) {
        assertThat(added.all()).doesNotContain(key);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "promote", "retire --key 1"})
  @DisplayName("I6 is not repeated when somebody types the keyset itself for its file")
  void typedKeyset(String command) {
    for (var keyset : List.of(Keyset.generate().toJson(), "{\"encryption\":\"hidden\"}")) {
      var words = Stream.concat(Stream.of(("keyset " + command).split(" ")), Stream.of(keyset));

      var typed = type("", words.toArray(String[]::new));

      assertThat(typed.exitCode()).isEqualTo(2);
      assertThat(typed.err()).contains("FILE").doesNotContain("encryption", "value", "hidden");
      assertThat(typed.out()).isEmpty();
    }
  }

  @Test
  @DisplayName("I6 is read by whoever read it before, and by nobody else")
  void keepsAccess() throws Exception {
    var file = keysetFile();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    if (Files.getAttribute(file, "unix:uid").equals(0)) {
      Files.setAttribute(file, "unix:gid", 4711);
      Files.setAttribute(file, "unix:uid", 4712);
    }
    var access = Files.readAttributes(file, "unix:uid,gid,permissions");

    var added = type("", "keyset", "add", file.toString());

    assertThat(added.exitCode()).as(added.all()).isZero();
    assertThat(Keyset.parse(Files.readString(file)).keyIds()).hasSize(2);
    assertThat(Files.readAttributes(file, "unix:uid,gid,permissions")).isEqualTo(access);
  }

  @Test
  @DisplayName("I6 is said to be changed if it is, although the disk did not confirm it")
  void unconfirmed() throws Exception {
    var file = keysetFile();
    var fresh = Keyset.generate().toJson();
    var keysetFile =
        new KeysetFile(
            file,
            broken -> {
              throw new IOException("the disk is broken");
            });

    assertThatThrownBy(() -> keysetFile.replace(fresh))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("FILE is changed")
        .hasMessageNotContaining(file.getFileName().toString());
    assertThat(file).hasContent(fresh);
  }

  @Test
  @DisplayName("I6 stays as it is when a change is refused or is none")
  void refusals() throws Exception {
    var file = keysetFile();
    var before = Files.readString(file);

    var promoted = type("", "keyset", "promote", file.toString());
    assertThat(promoted.exitCode()).isEqualTo(1);
    assertThat(promoted.err()).contains("The keyset is as it was", "add one first");

    var id = Keyset.parse(before).primaryKeyId().toString();
    assertThat(type("", "keyset", "retire", "--key", id, file.toString()).exitCode()).isEqualTo(1);
    assertThat(type("", "keyset", "retire", "--key", "x", file.toString()).exitCode()).isEqualTo(2);
    assertThat(type("", "keyset", "add", folder.resolve("absent").toString()).exitCode())
        .isEqualTo(2);
    assertThat(file).hasContent(before);

    var broken = type("{\"encryption\":\"hidden\"}", "keyset", "add");
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err()).contains("That is no keyset").doesNotContain("hidden");
  }

  private Path keysetFile() throws IOException {
    return Files.writeString(folder.resolve("keyset.json"), Keyset.generate().toJson() + "\n");
  }

  private static Typed type(String input, String... words) {
    return Typed.in(Map.of(), input, false, words);
  }
}
