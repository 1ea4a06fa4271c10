package dev.codingplans.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A wire to a database or a provider that can go dead: everything is taken, nothing is passed on,
 * and nobody is told. Or it is cut: then everybody notices.
 */
public final class Relay implements AutoCloseable {

  private final int target;
  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition resumed = lock.newCondition();
  private boolean stalled;
  private volatile boolean cut;

  private Relay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Begins to relay to a port of this machine. */
  public static Relay to(int target) {
    try {
      return new Relay(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  void stall() {
    set(true);
  }

  void resume() {
    set(false);
  }

  /** Ends every connection, and takes none until it is mended. */
  public void cut() {
    cut = true;
    sockets.forEach(Relay::drop);
  }

  public void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    resume();
    server.close();
    sockets.forEach(Relay::drop);
  }

  private void set(boolean stall) {
    lock.lock();
    try {
      stalled = stall;
      resumed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitResumed() {
    lock.lock();
    try {
      while (stalled) {
        resumed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        if (cut) {
          drop(client);
          continue;
        }
        var database = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(database);
        Thread.ofVirtual().start(() -> pump(client, database));
        Thread.ofVirtual().start(() -> pump(database, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[8192];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        awaitResumed();
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException ended) {
      // Either side has closed; so does the other.
    } finally {
      awaitResumed();
      drop(from);
      drop(to);
    }
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
