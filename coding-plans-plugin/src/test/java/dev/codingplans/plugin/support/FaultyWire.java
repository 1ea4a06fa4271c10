package dev.codingplans.plugin.support;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A wire to a database that fails at a chosen statement of the console's connections. It knows as
 * much of PostgreSQL's protocol as it takes to tell one statement from the next.
 */
public final class FaultyWire implements AutoCloseable {

  private final TestDatabase database;
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<String> seen = new ArrayList<>();
  private int failAt;
  private String part = "";
  private Fault fault = Fault.REFUSED;

  private FaultyWire(TestDatabase database) throws IOException {
    this.database = database;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public static FaultyWire to(TestDatabase database) {
    try {
      return new FaultyWire(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the settings that lead a plugin over this wire. Each statement is sent in full, and a
   * connection says at its start whose it is.
   */
  public Map<String, String> settings() {
    var url = database.url().replaceFirst(":\\d+/", ":" + server.getLocalPort() + "/");
    return Map.of(
        "DATABASE_URL",
        url + "&sslmode=disable&gssEncMode=disable&assumeMinServerVersion=15&prepareThreshold=0");
  }

  /** Lets the n-th statement from now on fail, a commit counted as one. */
  public synchronized void failAt(int n, Fault how) {
    failAt(n, "", how);
  }

  /** Lets the n-th statement from now on fail of those that contain the part. */
  public synchronized void failAt(int n, String containing, Fault how) {
    seen.clear();
    failAt = n;
    part = containing;
    fault = how;
  }

  /**
   * Lets nothing fail any more; returns what was seen, of which the last failed if it came to it.
   */
  public synchronized List<String> mend() {
    failAt = 0;
    return List.copyOf(seen);
  }

  @Override
  public void close() throws IOException {
    server.close();
    sockets.forEach(FaultyWire::drop);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        var target = URI.create(database.url().substring("jdbc:".length())).getPort();
        var connection =
            new FaultyConnection(
                this, client, new Socket(InetAddress.getLoopbackAddress(), target));
        sockets.add(client);
        Thread.ofVirtual().start(connection::passRequests);
        Thread.ofVirtual().start(connection::passAnswers);
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Tells whether it has come to the statement that fails. */
  public synchronized boolean hasFailed() {
    return failAt > 0 && seen.size() == failAt;
  }

  /** Tells whether the statement is the one to fail. */
  synchronized boolean failsAt(String sql) {
    if (failAt == 0 || seen.size() == failAt || !sql.contains(part)) {
      return false;
    }
    seen.add(sql);
    return seen.size() == failAt;
  }

  synchronized Fault fault() {
    return fault;
  }

  /** Ends the backend that a connection of this machine leads to. */
  void terminate(int clientPort) {
    database.texts(
        "select pg_terminate_backend(pid) from pg_stat_activity where client_port = ?", clientPort);
  }

  static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One message of the protocol: its kind, its length, and what it says. */
  record Message(byte kind, byte[] body) {

    static Message read(DataInputStream in) throws IOException {
      var kind = in.readByte();
      return new Message(kind, in.readNBytes(in.readInt() - Integer.BYTES));
    }
  }
}
