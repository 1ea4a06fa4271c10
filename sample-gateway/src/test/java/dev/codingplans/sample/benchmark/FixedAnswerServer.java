package dev.codingplans.sample.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The provider of the benchmark: one thread that gives every request the same answer at once. */
final class FixedAnswerServer implements Closeable {

  private static final int BACKLOG = 256;

  private final Selector selector;
  private final ServerSocketChannel server;
  private final byte[] answer;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  // Written by the one thread, read by others.
  private volatile long accepted;
  private volatile long served;

  private FixedAnswerServer(Selector selector, ServerSocketChannel server, byte[] answer) {
    this.selector = selector;
    this.server = server;
    this.answer = answer;
  }

  static FixedAnswerServer listen(byte[] answer) throws IOException {
    var server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.configureBlocking(false);
    var selector = Selector.open();
    server.register(selector, SelectionKey.OP_ACCEPT);
    return new FixedAnswerServer(selector, server, answer);
  }

  public static void main(String[] arguments) throws IOException {
    var provider = listen(Chat.answer());
    Thread.ofPlatform().daemon().start(provider::serve);
    JavaProcess.answer(Integer.toString(provider.port()));
    JavaProcess.awaitEndOfInput();
  }

  int port() {
    return server.socket().getLocalPort();
  }

  /** Returns how many connections it has had. */
  long accepted() {
    return accepted;
  }

  /** Returns how many requests it has answered. */
  long served() {
    return served;
  }

  /** Serves until it is closed. */
  void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::serve);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClosedSelectorException e) {
      // Closed between the question and the wait.
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        answer((SocketChannel) key.channel(), (MessageReader) key.attachment());
      }
    } catch (IOException e) {
      key.cancel(); // The gateway gave the connection up.
    }
  }

  private void accept() throws IOException {
    var client = server.accept();
    accepted = accepted + 1;
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    client.register(selector, SelectionKey.OP_READ, new MessageReader());
  }

  private void answer(SocketChannel client, MessageReader request) throws IOException {
    in.clear();
    if (client.read(in) < 0) {
      client.close();
      return;
    }
    in.flip();
    while (request.read(in)) {
      request.next();
      served = served + 1;
      if (client.write(ByteBuffer.wrap(answer)) < answer.length) {
        throw new IOException("the gateway does not read");
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    selector.close();
  }
}
