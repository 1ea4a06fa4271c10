package dev.codingplans.plugin.http;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.console.Console;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin's own HTTP server, which the host mounts. */
@OpenAPIDefinition(info = @Info(title = "Coding Plans", version = "1"))
@Singleton
public class ConsoleServer {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final String OPEN_API = "/META-INF/swagger/coding-plans-1.yml";

  private final EmbeddedServer server;

  ConsoleServer(EmbeddedServer server) {
    this.server = server;
  }

  /** Starts to listen and tells where; the server stops with the application context. */
  public Console start() {
    try {
      server.start();
    } catch (ServerStartupException e) {
      LOG.error("The console's server could not be started.", e);
      throw new InvalidSettingsException(
          List.of(ConsoleSettings.NAME + ": it is no free address."));
    }
    return new Console(server.getURI(), ConsolePaths.all(), openApi());
  }

  private static String openApi() {
    try (var in = ConsoleServer.class.getResourceAsStream(OPEN_API)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no description of its API");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
