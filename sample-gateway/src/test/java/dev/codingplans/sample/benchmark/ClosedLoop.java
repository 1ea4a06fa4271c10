package dev.codingplans.sample.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Puts a {@link Load} on a gateway, with one thread, and checks every answer. */
final class ClosedLoop {

  private static final long MAX_SILENCE_MILLIS = 10_000;

  private final Load load;
  private final byte[] request;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private final LongStream.Builder latencies = LongStream.builder();
  private long deadline;
  private int open;
  private long answered;
  private long failed;
  private String fault = "none";

  private ClosedLoop(Load load) {
    this.load = load;
    this.request = Chat.request(load.token());
  }

  static Load.Result run(Load load) throws IOException {
    return new ClosedLoop(load).run();
  }

  private Load.Result run() throws IOException {
    try (var selector = Selector.open()) {
      var start = System.nanoTime();
      deadline = start + TimeUnit.MILLISECONDS.toNanos(load.millis());
      for (; open < load.connections(); open++) {
        connect(selector);
      }
      while (open > 0) {
        if (selector.select(this::receive, MAX_SILENCE_MILLIS) == 0) {
          throw new IOException("no answer within " + MAX_SILENCE_MILLIS + " ms");
        }
      }
      return result(System.nanoTime() - start);
    }
  }

  private Load.Result result(long nanos) {
    var sorted = latencies.build().toArray();
    Arrays.sort(sorted);
    return new Load.Result(
        answered, failed, fault, nanos, percentile(sorted, 50), percentile(sorted, 99));
  }

  private static long percentile(long[] sorted, int percent) {
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1L) * percent / 100)];
  }

  private void connect(Selector selector) throws IOException {
    var channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), load.port()));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    connection.send();
  }

  private void receive(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      if (connection.answer()) {
        goOn(key.selector(), connection);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void goOn(Selector selector, Connection connection) throws IOException {
    if (System.nanoTime() - deadline >= 0) {
      connection.channel.close();
      open--;
    } else if (connection.isUsable()) {
      connection.send();
    } else {
      connection.channel.close();
      connect(selector);
    }
  }

  private void fail(String newFault) {
    failed++;
    fault = newFault;
  }

  private final class Connection {

    private final SocketChannel channel;
    private final MessageReader answer = new MessageReader();
    private boolean broken;
    private long sentAt;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void send() throws IOException {
      answer.next();
      sentAt = System.nanoTime();
      if (channel.write(ByteBuffer.wrap(request)) < request.length) {
        throw new IOException("the gateway does not read");
      }
    }

    /** Reads what has come, and tells whether nothing more comes. */
    boolean answer() {
      in.clear();
      try {
        if (channel.read(in) < 0) {
          throw new EOFException("closed without an answer");
        }
        if (!answer.read(in.flip())) {
          return false;
        }
        count();
      } catch (IOException e) {
        broken = true;
        fail(e.toString());
      }
      return true;
    }

    boolean isUsable() {
      return !broken && !answer.isLast();
    }

    private void count() {
      if (answer.firstLine().startsWith("HTTP/1.1 200 ")
          && answer.bodyBytes() == Chat.ANSWER_BYTES) {
        answered++;
        latencies.add(System.nanoTime() - sentAt);
      } else {
        fail(answer.firstLine() + ", " + answer.bodyBytes() + " bytes");
      }
    }
  }
}
