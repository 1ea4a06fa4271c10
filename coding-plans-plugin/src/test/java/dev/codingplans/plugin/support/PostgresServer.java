package dev.codingplans.plugin.support;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of a test's own, to be stopped, killed, copied, and followed by a standby.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private int port;
  private @Nullable EmbeddedPostgres server;

  private PostgresServer(Path folder) {
    this.folder = folder;
  }

  /** Starts a server that keeps its data in the folder. */
  public static PostgresServer in(Path folder) {
    var server = new PostgresServer(folder);
    server.start();
    return server;
  }

  public int port() {
    return port;
  }

  public TestDatabase database() {
    return TestDatabase.at(
        "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres&password=postgres");
  }

  /** Starts it, at the port that it had. */
  public void start() {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setPGStartupWait(PATIENCE)
            .setServerConfig("max_connections", "200")
            // The library's own choice loses what was committed.
            .setServerConfig("synchronous_commit", "on");
    if (port != 0) {
      builder.setPort(port);
    }
    try {
      server = builder.start();
      port = server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void stop() {
    try {
      if (server != null) {
        server.close();
        server = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all its processes at once, as if its machine had lost its power. */
  public void kill() {
    try {
      var pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip();
      // The server's own word for it: its processes end without any farewell.
      run("kill", "-QUIT", pid);
      var postmaster = ProcessHandle.of(Long.parseLong(pid));
      await()
          .atMost(PATIENCE)
          .until(() -> postmaster.map(ProcessHandle::isAlive).orElse(false), alive -> !alive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a copy of what it keeps now; it is stopped meanwhile. */
  public PostgresServer copyTo(Path other) {
    stop();
    run("cp", "-a", folder.toString(), other.toString());
    start();
    return in(other);
  }

  /** Starts a standby, without which from then on nothing is committed here. */
  public PostgresServer standbyIn(Path other) {
    stop();
    run("cp", "-a", folder.toString(), other.toString());
    start();
    try {
      Files.createFile(other.resolve("standby.signal"));
      Files.writeString(
          other.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=localhost port=%d user=postgres'%n".formatted(port),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var standby = in(other);
    database().execute("alter system set synchronous_standby_names = '*'");
    database().execute("select pg_reload_conf()");
    await()
        .atMost(PATIENCE)
        .until(
            () -> database().texts("select sync_state from pg_stat_replication").contains("sync"));
    return standby;
  }

  /** Makes a standby the primary. */
  public void promote() {
    database().texts("select pg_promote(true, 30)");
  }

  @Override
  public void close() {
    stop();
  }

  private static void run(String... command) {
    try {
      var process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("in vain: " + String.join(" ", command));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
