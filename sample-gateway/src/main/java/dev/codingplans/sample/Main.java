package dev.codingplans.sample;

import ch.qos.logback.classic.LoggerContext;
import dev.codingplans.gateway.spi.InvalidSettingsException;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Runs the gateway, or one of its commands. */
public final class Main {

  /** Where {@code logback.xml} looks up which stream is written to. */
  private static final String LOG_STREAM = "sample-gateway.log-stream";

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /** Runs until the gateway is told to stop, and exits with 1 if it cannot start. */
  public static void main(String... arguments) throws InterruptedException {
    var line = CommandLine.parse(arguments);
    if (!line.words().isEmpty()) {
      // What a command prints is for the next program. Set before anything can log.
      System.setProperty(LOG_STREAM, "System.err");
    }
    // Plugins log through the JDK, because that is all that they share with the host.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    var exit = run(line);
    if (exit != 0) {
      System.exit(exit);
    }
  }

  private static int run(CommandLine line) throws InterruptedException {
    var command = line.words().isEmpty() ? "" : line.words().getFirst();
    return switch (command) {
      case "" -> serve(line.demo());
      case "token" -> printToken(line);
      default -> {
        Terminal.complain(
            "Unknown command: " + command + ". There are:",
            List.of(
                "gateway [--demo]",
                "gateway [--demo] token --sub ID --role user|admin [--role …] [--ttl PT1H]",
                "gateway keyset …",
                "gateway admin …"));
        yield MISUSED;
      }
    };
  }

  private static int serve(boolean demo) throws InterruptedException {
    try {
      var gateway = new SampleGateway(demo, Map.of());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway), "stop"));
      gateway.start();
      gateway.awaitStop();
      return 0;
    } catch (StartFailure e) {
      Terminal.complain("The gateway cannot start:", e.reasons());
    } catch (InvalidSettingsException e) {
      Terminal.complain("The gateway cannot start:", e.faults());
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Main.class).error("The gateway cannot start.", e);
    }
    return FAILED;
  }

  private static void stop(SampleGateway gateway) {
    gateway.close();
    // Last of all, for there may be lines that have not been written yet.
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
      log.stop();
    }
  }

  private static int printToken(CommandLine line) {
    try {
      TokenCommand.run(line);
      return 0;
    } catch (InvalidSettingsException e) {
      Terminal.complain("No token:", e.faults());
      return MISUSED;
    }
  }
}
