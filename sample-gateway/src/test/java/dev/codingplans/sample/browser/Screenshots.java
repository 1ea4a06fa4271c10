package dev.codingplans.sample.browser;

import com.microsoft.playwright.Page;
import dev.codingplans.sample.GatewayProcess;
import java.nio.file.Path;

/** Pictures of pages, under {@code target/screenshots}. */
final class Screenshots {

  private static final Path FOLDER = GatewayProcess.FOLDER.resolveSibling("screenshots");

  private Screenshots() {}

  static void take(Page page, Path name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(FOLDER.resolve(name + ".png")));
  }
}
