package dev.codingplans.gateway.spi.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  @Test
  @DisplayName("a console serves its prefixes and what is below them, but / alone for itself only")
  void servesPrefixes() {
    var console = new Console(URI.create("http://127.0.0.1:1"), List.of("/", "/usage"), "");

    assertThat(List.of("/", "/usage", "/usage/", "/usage/a")).allMatch(console::serves);
    assertThat(List.of("//", "//evil.example", "/other", "/usages", "")).noneMatch(console::serves);
  }
}
