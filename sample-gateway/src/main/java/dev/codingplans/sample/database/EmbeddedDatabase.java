package dev.codingplans.sample.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the gateway's own, for a first look and for the demo. Its port is chosen before
 * it starts, so that settings can be checked first. A stop waits for a start that is under way.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String USER = "postgres";

  /** Recovery after a kill takes longer than the library's own 10 seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private @Nullable FolderLock lock;
  private @Nullable EmbeddedPostgres server;

  /** Prepares a database that keeps its data in a folder below this one. */
  public EmbeddedDatabase(Path dataFolder) {
    this.folder = dataFolder.resolve("postgres");
    this.port = freePort();
  }

  /** Returns the settings with which it is reached once it has started. */
  public Map<String, String> settings() {
    return Map.of(
        "DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "DATABASE_USER", USER,
        "DATABASE_PASSWORD", USER);
  }

  /**
   * Starts it, with new data if the folder has none.
   *
   * @throws DatabaseStartException if it does not start; the message is one sentence
   */
  public synchronized void start() {
    LOG.warn(
        "No DATABASE_URL: running an embedded PostgreSQL with its data in {}. Do not do this in"
            + " production.",
        folder);
    try {
      lock = FolderLock.acquire(folder.resolveSibling("postgres.lock"));
    } catch (IOException | IllegalStateException e) {
      // What runs in there is another gateway's.
      throw notStarting(e);
    }
    try {
      LeftOverServer.stop(folder);
      if (Files.notExists(folder)) {
        makeData();
      }
      server = run(folder);
    } catch (IOException | IllegalStateException e) {
      stopAfter(e, folder);
      close();
      throw notStarting(e);
    }
  }

  private DatabaseStartException notStarting(Exception cause) {
    return new DatabaseStartException(
        "The embedded PostgreSQL does not start in " + folder + ": " + cause.getMessage(), cause);
  }

  private void makeData() throws IOException {
    var made = NewFolder.beside(folder);
    try {
      run(made.path()).close();
    } catch (IOException | IllegalStateException e) {
      stopAfter(e, made.path());
      throw e;
    }
    made.moveTo(folder);
  }

  private EmbeddedPostgres run(Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        // The gateway stops it last, when nothing needs it any more.
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setPGStartupWait(PATIENCE)
        // The library's own choices are made for tests and lose what was committed.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  /** The library leaves a server running that did not answer in time. */
  private static void stopAfter(Exception failure, Path data) {
    try {
      LeftOverServer.stop(data);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Stops it and keeps the data. */
  @Override
  public synchronized void close() {
    try {
      closeIfOpen(server);
    } finally {
      closeIfOpen(lock);
      server = null;
      lock = null;
    }
  }

  private static void closeIfOpen(@Nullable Closeable part) {
    if (part != null) {
      try {
        part.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
