package dev.codingplans.plugin.http.pages;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.codingplans.plugin.http.ConsolePaths;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Style sheets, scripts and the icon. The address of each names its content, so that a browser
 * keeps it for ever and asks anew once it has changed.
 */
@Singleton
public final class Assets {

  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final Map<String, String> SOURCES =
      Map.of(
          "pico.css", WEBJARS + "picocss__pico/2.1.1/css/pico.min.css",
          "htmx.js", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js",
          "pages.css", "assets/pages.css",
          "pages.js", "assets/pages.js",
          "icon.svg", "assets/icon.svg");

  private final Map<String, Asset> byName;

  Assets() {
    this.byName =
        SOURCES.entrySet().stream()
            .collect(toUnmodifiableMap(Map.Entry::getKey, source -> load(source.getValue())));
  }

  /** Returns the address of an asset that there is. */
  public String path(String name) {
    return ConsolePaths.ASSETS
        + Optional.ofNullable(byName.get(name)).orElseThrow().digest()
        + "/"
        + name;
  }

  Optional<Asset> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static Asset load(String source) {
    try (var in = Assets.class.getResourceAsStream(source)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + source);
      }
      return new Asset(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
