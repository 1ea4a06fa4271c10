package dev.codingplans.sample.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/**
 * What somebody looks with.
 *
 * @param width of the window
 * @param height of the window
 * @param scheme the colours that the viewer prefers
 * @param script whether JavaScript is on
 * @param zone where the viewer is
 */
public record Look(int width, int height, ColorScheme scheme, boolean script, String zone) {

  public static final Look DESKTOP = new Look(1280, 800, ColorScheme.LIGHT, true, "UTC");
  public static final Look PHONE = new Look(360, 740, ColorScheme.LIGHT, true, "UTC");

  public Look dark() {
    return new Look(width, height, ColorScheme.DARK, script, zone);
  }

  public Look withoutScript() {
    return new Look(width, height, scheme, false, zone);
  }

  /** At a place such as {@code Asia/Tokyo}. */
  public Look in(String place) {
    return new Look(width, height, scheme, script, place);
  }

  Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        // Nothing moves, so that what a test sees is what is there.
        .setReducedMotion(ReducedMotion.REDUCE)
        .setJavaScriptEnabled(script)
        .setTimezoneId(zone)
        .setLocale("en-US");
  }
}
