package dev.codingplans.sample.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that still runs on the data because its gateway was killed. Whoever calls holds the
 * lock.
 */
final class LeftOverServer {

  private static final Logger LOG = LoggerFactory.getLogger(LeftOverServer.class);
  private static final int STOP_SECONDS = 20;

  private LeftOverServer() {}

  static void stop(Path dataFolder) throws IOException {
    var pidFile = dataFolder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    var firstLine = Files.readAllLines(pidFile).stream().findFirst().orElse("").strip();
    if (firstLine.matches("\\d{1,18}")) {
      var server =
          ProcessHandle.of(Long.parseLong(firstLine))
              .filter(process -> isServerOf(dataFolder, process));
      if (server.isPresent()) {
        stop(server.get());
      }
    }
  }

  /** The file may be older than a reboot, and its number another program's by now. */
  private static boolean isServerOf(Path dataFolder, ProcessHandle process) {
    var info = process.info();
    return info.command().map(Path::of).filter(it -> it.endsWith("postgres")).isPresent()
        && info.arguments().map(List::of).orElse(List.of()).contains(dataFolder.toString());
  }

  private static void stop(ProcessHandle server) throws IOException {
    LOG.warn("Stopping the PostgreSQL (process {}) that a killed gateway left.", server.pid());
    server.destroy();
    try {
      server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server stops that a killed gateway left", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a server that a killed gateway left does not stop", e);
    }
  }
}
