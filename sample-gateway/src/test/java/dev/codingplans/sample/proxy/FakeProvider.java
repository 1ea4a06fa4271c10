package dev.codingplans.sample.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A provider on a plain socket: it records every byte of a request and answers what a script says,
 * so that a test sees exactly what is on the wire, and when.
 */
public final class FakeProvider implements AutoCloseable {

  private final ServerSocket server;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private volatile Script script = exchange -> exchange.answer(500, "text/plain", "no script");

  public FakeProvider() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::acceptAll);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  public void answers(Script newScript) {
    script = newScript;
  }

  public void answers(int status, String contentType, String body) {
    script = exchange -> exchange.answer(status, contentType, body);
  }

  /** Answers whatever is asked as for a good key of this tier, so that keys are proven (I4). */
  public void provesKeys(String title) {
    answers(
        200,
        "application/json",
        """
        {"model_remains":[{"model_name":"general"}],"current_subscribe_title":"%s",\
        "choices":[{"index":0,"finish_reason":"length"}],"base_resp":{"status_code":0}}\
        """
            .formatted(title));
  }

  public void forget() {
    received.clear();
  }

  public boolean wasAsked() {
    return !received.isEmpty();
  }

  public Received takeRequest() throws InterruptedException {
    var request = received.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("the provider was not asked");
    }
    return request;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var exchange =
          new Exchange(socket, in, socket.getOutputStream(), received, new AtomicReference<>());
      exchange.takeNext();
      script.run(exchange);
    } catch (IOException e) {
      // The gateway has left; what that means is the script's business.
    }
  }

  /** Waits, within a script, for what the test does. */
  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IOException("the test did nothing");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** What the provider does once it has a request. */
  @FunctionalInterface
  public interface Script {
    void run(Exchange exchange) throws IOException;
  }

  /** The open connection to the gateway. */
  public record Exchange(
      Socket socket,
      InputStream in,
      OutputStream out,
      Queue<Received> received,
      AtomicReference<Received> latest) {

    /** Reads one more request on the same connection. */
    public void takeNext() throws IOException {
      latest.set(Received.read(in));
      received.add(latest.get());
    }

    /** Returns the latest request of this connection. */
    public Received request() {
      return latest.get();
    }

    /** Answers with JSON and keeps the connection. */
    void answerAndKeep(int status, String json) throws IOException {
      send(
          "HTTP/1.1 "
              + status
              + " Any\r\ncontent-type: application/json\r\ncontent-length: "
              + json.length()
              + "\r\n\r\n"
              + json);
    }

    /** Tells whether the gateway leaves the connection open, for a moment at least. */
    boolean isLeftOpen() throws IOException {
      socket.setSoTimeout(500);
      try {
        return in.read() >= 0;
      } catch (SocketTimeoutException e) {
        return true;
      } finally {
        socket.setSoTimeout(0);
      }
    }

    public void answer(int status, String contentType, String body, String... headers)
        throws IOException {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      head(status, contentType, "content-length: " + bytes.length, headers);
      out.write(bytes);
      out.flush();
    }

    /** Starts an answer that ends with the connection. */
    public void stream(String contentType) throws IOException {
      head(200, contentType, "x-none: none");
    }

    public void send(String piece) throws IOException {
      out.write(piece.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    public void head(int status, String contentType, String length, String... headers)
        throws IOException {
      var head = new StringBuilder("HTTP/1.1 " + status + " Any\r\nconnection: close\r\n");
      head.append("content-type: ").append(contentType).append("\r\n").append(length);
      for (var header : headers) {
        head.append("\r\n").append(header);
      }
      out.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Blocks until the gateway closes the connection. */
    public void awaitDeparture() {
      try {
        while (in.read() >= 0) {
          // nothing is expected
        }
      } catch (IOException e) {
        // a reset is a departure too
      }
    }
  }

  /** A request as it came. */
  public record Received(String line, Map<String, List<String>> headers, byte[] body, String raw) {

    static Received read(InputStream in) throws IOException {
      var head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        var next = in.read();
        if (next < 0) {
          throw new IOException("closed");
        }
        head.write(next);
      }
      var lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
      var headers = new TreeMap<String, List<String>>();
      for (var i = 1; i < lines.length; i++) {
        var parts = lines[i].split(": ?", 2);
        headers.merge(parts[0].toLowerCase(Locale.ROOT), List.of(parts[1]), FakeProvider::joined);
      }
      var length =
          Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
      var body = in.readNBytes(length);
      var raw =
          head.toString(StandardCharsets.ISO_8859_1) + new String(body, StandardCharsets.UTF_8);
      return new Received(lines[0], headers, body, raw);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
