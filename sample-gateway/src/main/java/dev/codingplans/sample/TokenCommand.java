package dev.codingplans.sample;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.security.TokenIssuer;
import dev.codingplans.sample.settings.TokenKeys;
import dev.codingplans.sample.time.WallClock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code gateway token}: prints a token that is signed with {@code JWT_SECRET}. */
final class TokenCommand {

  /** Whoever needs a token for longer asks again. */
  private static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(366);

  private static final String NO_ROLE = "--role must be user or admin.";

  private final List<String> faults = new ArrayList<>();
  private final Set<Caller.Role> roles = EnumSet.noneOf(Caller.Role.class);
  private String user = "";
  private Duration timeToLive = Duration.ofHours(1);

  private TokenCommand() {}

  static void run(CommandLine line) {
    var command = new TokenCommand();
    command.readOptions(line.words().subList(1, line.words().size()));
    var issuer = new TokenIssuer(secret(line.demo()).secret(), WallClock.utc());
    Terminal.print(issuer.issue(command.caller(), command.timeToLive));
  }

  private Caller caller() {
    return new Caller(new UserId(user), roles, Map.of());
  }

  private static TokenKeys.Shared secret(boolean demo) {
    var settings = new TreeMap<>(SettingsStage.read(demo, Map.of()).settings());
    if (demo) {
      settings.putIfAbsent("JWT_SECRET", TokenKeys.DEMO_SECRET);
    }
    return switch (TokenKeys.read(settings, demo)) {
      case TokenKeys.Shared shared -> shared;
      case TokenKeys.Published published ->
          throw new InvalidSettingsException(
              List.of("With JWT_JWKS_URL the identity provider signs the tokens."));
    };
  }

  private void readOptions(List<String> words) {
    var rest = words.iterator();
    while (rest.hasNext()) {
      var option = rest.next();
      if (rest.hasNext()) {
        readOption(option, rest.next());
      } else {
        faults.add(option + " needs a value.");
      }
    }
    if (!UserId.isWellFormed(user)) {
      faults.add("--sub must be a user id of 1 to 128 printable characters.");
    }
    if (roles.isEmpty() && !faults.contains(NO_ROLE)) {
      faults.add(NO_ROLE);
    }
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }

  private void readOption(String option, String value) {
    switch (option) {
      case "--sub" -> user = value;
      case "--role" -> readRole(value);
      case "--ttl" -> readTimeToLive(value);
      default -> faults.add(option + " is not an option; there are --sub, --role and --ttl.");
    }
  }

  private void readRole(String value) {
    switch (value) {
      case "user" -> roles.add(Caller.Role.USER);
      case "admin" -> roles.add(Caller.Role.ADMIN);
      default -> faults.add(NO_ROLE);
    }
  }

  private void readTimeToLive(String value) {
    try {
      timeToLive = Duration.parse(value);
    } catch (DateTimeParseException e) {
      timeToLive = Duration.ZERO;
    }
    if (!timeToLive.isPositive() || timeToLive.compareTo(MAX_TIME_TO_LIVE) > 0) {
      faults.add("--ttl must be an ISO-8601 duration of up to 366 days, for example PT1H.");
    }
  }
}
