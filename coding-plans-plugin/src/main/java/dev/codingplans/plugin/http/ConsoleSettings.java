package dev.codingplans.plugin.http;

import dev.codingplans.plugin.settings.SettingsReader;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the plugin's own server listens.
 *
 * @param port empty for a free one
 */
public record ConsoleSettings(String host, Optional<Integer> port) {

  static final String NAME = "CODING_PLANS_CONSOLE_ADDRESS";
  private static final Pattern FORM =
      Pattern.compile("(?:http://)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})/?");
  private static final ConsoleSettings LOOPBACK =
      new ConsoleSettings("127.0.0.1", Optional.empty());
  private static final int MAX_PORT = 65_535;

  public static ConsoleSettings read(SettingsReader in) {
    return in.text(NAME).map(text -> parse(text, in)).orElse(LOOPBACK);
  }

  private static ConsoleSettings parse(String text, SettingsReader in) {
    var parts = FORM.matcher(text);
    if (parts.matches() && Integer.parseInt(parts.group(2)) <= MAX_PORT) {
      var port = Integer.parseInt(parts.group(2));
      return new ConsoleSettings(parts.group(1), port == 0 ? Optional.empty() : Optional.of(port));
    }
    in.fault(NAME + ": it must be host:port.");
    return LOOPBACK;
  }
}
