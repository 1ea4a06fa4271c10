package dev.codingplans.sample;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.loader.PluginLoadException;
import dev.codingplans.sample.database.DatabaseStartException;
import java.net.BindException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown if the gateway cannot start for reasons that its operator can mend. */
final class StartFailure extends RuntimeException {

  private final List<String> reasons;

  private StartFailure(List<String> reasons, Throwable cause) {
    super(String.join(System.lineSeparator(), reasons), cause);
    this.reasons = reasons;
  }

  /** Returns the reason that the framework may have wrapped, or the failure itself. */
  static RuntimeException of(RuntimeException failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var reasons = reasons(cause);
      if (!reasons.isEmpty()) {
        return new StartFailure(reasons, failure);
      }
    }
    return failure;
  }

  /** Returns a sentence each. */
  List<String> reasons() {
    return reasons;
  }

  private static List<String> reasons(Throwable cause) {
    return switch (cause) {
      case InvalidSettingsException settings -> settings.faults();
      case PluginLoadException plugin -> List.of(String.valueOf(plugin.getMessage()));
      case DatabaseStartException database -> List.of(String.valueOf(database.getMessage()));
      case BindException port ->
          List.of("Nothing can listen at GATEWAY_HOST and GATEWAY_PORT: " + port.getMessage());
      default -> List.of();
    };
  }
}
