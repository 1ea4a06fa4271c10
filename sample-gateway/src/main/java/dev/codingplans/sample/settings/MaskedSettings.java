package dev.codingplans.sample.settings;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings as they may be logged: secrets masked, long texts cut. */
public final class MaskedSettings {

  private static final int MAX_LENGTH = 200;
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(SECRET|PASSWORD|KEY|TOKEN|WEBHOOKS).*");
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("(?i)(?<=://)[^/@\\s]+(?=@)|(?<=password=)[^&]*");

  private MaskedSettings() {}

  /** Returns them by name, in the order of the names. */
  public static Map<String, String> of(Map<String, String> settings) {
    var masked = new TreeMap<String, String>();
    settings.forEach((name, value) -> masked.put(name, mask(name, value)));
    return masked;
  }

  /** A path is no secret, even where the file that it names is one. */
  private static boolean isPathOfKeyset(String name, String value) {
    return name.equals("CODING_PLANS_KEYSET") && value.startsWith("file:");
  }

  private static String mask(String name, String value) {
    if (SECRET_NAME.matcher(name).matches() && !isPathOfKeyset(name, value)) {
      return "***";
    }
    var shown = SECRET_IN_URL.matcher(value).replaceAll("***");
    return shown.length() <= MAX_LENGTH ? shown : shown.substring(0, MAX_LENGTH) + "…";
  }
}
