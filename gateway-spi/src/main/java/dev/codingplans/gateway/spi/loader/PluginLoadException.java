package dev.codingplans.gateway.spi.loader;

/** Thrown if a plugin jar cannot be used. The message is one sentence that names the jar. */
public final class PluginLoadException extends RuntimeException {

  PluginLoadException(String message) {
    super(message);
  }

  PluginLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
