package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.cli.Failure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that calls a gateway can be told. */
final class GatewayOptions {

  private static final String DEFAULT = "http://127.0.0.1:8080";
  private static final int MAX_TOKEN_BYTES = 16 * 1024;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = {"Where the gateway is; otherwise GATEWAY_URL,", "or " + DEFAULT + "."})
  private @Nullable String gateway;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds an admin's token; otherwise GATEWAY_TOKEN is one.")
  private @Nullable Path tokenFile;

  @Option(names = "--insecure", description = "Send the token over plain http to another machine.")
  private boolean insecure;

  @Option(names = "--json", description = "Print JSON: a document, or an item of a list, a line.")
  private boolean json;

  boolean json() {
    return json;
  }

  Gateway open(Map<String, String> variables, Duration patience) {
    var address =
        Optional.ofNullable(gateway).or(() -> variable(variables, "GATEWAY_URL")).orElse(DEFAULT);
    return new Gateway(GatewayAddress.parse(address, insecure), token(variables), patience);
  }

  /** Checked here: a client that refuses a header shows what was in it. */
  private String token(Map<String, String> variables) {
    var token =
        Optional.ofNullable(tokenFile)
            .map(GatewayOptions::read)
            .or(() -> variable(variables, "GATEWAY_TOKEN"))
            .map(String::strip)
            .orElseThrow(
                () ->
                    new Failure(
                        Kind.MISUSE,
                        "Who are you? Put an admin's token into GATEWAY_TOKEN or a --token-file;"
                            + " `bin/gateway token --sub ID --role admin` prints one."));
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new Failure(Kind.MISUSE, "The token must be one word of visible ASCII characters.");
    }
    return token;
  }

  private static Optional<String> variable(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Never names it: it may be a token that somebody took for an argument. */
  private static String read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_TOKEN_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure(Kind.MISUSE, "The --token-file cannot be read.");
    }
  }
}
