package dev.codingplans.plugin.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What came of a command that was typed: its exit code, and what it printed where. */
record Typed(int exitCode, String out, String err) {

  /** A token that is in no output. */
  static final String TOKEN = "token-of-the-operator";

  /** Types a command for the gateway at that address. */
  static Typed at(String gateway, String... words) {
    return in(Map.of("GATEWAY_URL", gateway, "GATEWAY_TOKEN", TOKEN), "", false, words);
  }

  static Typed in(Map<String, String> variables, String input, boolean isWatched, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new HashMap<>(variables),
            isWatched);
    var exitCode = Commands.run(List.of(words), terminal);
    return new Typed(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  String all() {
    return out + err;
  }
}
