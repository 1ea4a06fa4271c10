package dev.codingplans.plugin.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A wire to a database that can go dead (everything is taken, nothing is passed on, and nobody is
 * told), be cut, be slow, or lead to another one.
 */
public final class Relay implements AutoCloseable {

  private final ServerSocket server;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition resumed = lock.newCondition();
  private volatile int target;
  private volatile boolean cut;
  private boolean stalled;
  private Duration delay = Duration.ZERO;

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

  public void stall() {
    set(true);
  }

  public void resume() {
    set(false);
  }

  /** Lets every answer of the database come so much later. */
  public void delay(Duration longer) {
    lock.lock();
    try {
      delay = longer;
    } finally {
      lock.unlock();
    }
  }

  /** Ends every connection, and each new one at once, until it is mended. */
  public void cut() {
    cut = true;
    dropAll();
  }

  public void mend() {
    cut = false;
  }

  /** Ends every connection, and leads the next ones to another port of this machine. */
  public void leadTo(int other) {
    target = other;
    dropAll();
  }

  private void dropAll() {
    for (var socket = sockets.poll(); socket != null; socket = sockets.poll()) {
      drop(socket);
    }
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

  /** Nobody signals while it waits, unless the wire is stalled or resumed. */
  private void awaitDelay() {
    lock.lock();
    try {
      for (var left = delay.toNanos(); left > 0; ) {
        left = resumed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
        Thread.ofVirtual().start(() -> pump(client, database, false));
        Thread.ofVirtual().start(() -> pump(database, client, true));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    var buffer = new byte[8192];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        awaitResumed();
        if (answers) {
          awaitDelay();
        }
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
