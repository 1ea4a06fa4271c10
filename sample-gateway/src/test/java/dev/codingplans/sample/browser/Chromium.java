package dev.codingplans.sample.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser of this machine, without a window, and without any business of its own on the net.
 *
 * @param playwright what drives it
 * @param browser the running browser
 */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Path ON_A_MAC =
      Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  private static final List<String> OPTIONS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Returns what this machine lacks; empty if nothing. */
  static Optional<String> missing() {
    if (executable().isEmpty()) {
      return Optional.of("neither Chromium nor Chrome is installed");
    }
    return bringsNode() || node().isPresent()
        ? Optional.empty()
        : Optional.of("Node.js 20 or newer is not installed, nor is -Pbrowser-driver given");
  }

  static Chromium start() {
    var environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    if (!bringsNode()) {
      environment.put("PLAYWRIGHT_NODEJS_PATH", node().orElseThrow().toString());
    }
    var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable().orElseThrow())
                    .setHeadless(true)
                    .setArgs(OPTIONS));
    return new Chromium(playwright, browser);
  }

  BrowserContext context(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  @Override
  public void close() {
    playwright.close();
  }

  private static Optional<Path> executable() {
    return NAMES.stream()
        .flatMap(name -> onThePath(name).stream())
        .findFirst()
        .or(() -> Optional.of(ON_A_MAC).filter(Files::isExecutable));
  }

  private static Optional<Path> node() {
    return onThePath("node");
  }

  /** Whether the driver comes with a Node.js of its own. */
  private static boolean bringsNode() {
    return Playwright.class.getClassLoader().getResource("driver/linux/node") != null;
  }

  private static Optional<Path> onThePath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
