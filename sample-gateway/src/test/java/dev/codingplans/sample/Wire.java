package dev.codingplans.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no library would, and shows all that comes back. */
record Wire(URI gateway) {

  private static final int PATIENCE_MILLIS = 20_000;

  /** Sends the bytes, a character each, and returns what comes until the gateway closes. */
  Answer send(String request) {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  Answer send(byte[] request) {
    try (var socket = connect()) {
      try {
        socket.getOutputStream().write(request);
      } catch (IOException e) {
        // The gateway has closed because it read enough; what it said can still be read.
      }
      return read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket connect() throws IOException {
    var socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  static Answer read(Socket socket) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var closed = true;
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketTimeoutException e) {
      closed = false;
    }
    return new Answer(bytes.toString(StandardCharsets.UTF_8), closed);
  }

  /** Returns a request with its length, for a connection that ends with it. */
  static String request(String method, String target, String headers, String body) {
    return head(method, target, headers + "content-length: " + body.length() + "\r\n")
        + "connection: close\r\n\r\n"
        + body;
  }

  /** Returns the lines of a head, without the blank one. */
  static String head(String method, String target, String headers) {
    return method + " " + target + " HTTP/1.1\r\nhost: localhost\r\n" + headers;
  }

  /**
   * All that came back.
   *
   * @param closed whether the gateway ended the connection, and not our patience
   */
  record Answer(String text, boolean closed) {

    int status() {
      return text.matches("(?s)HTTP/1\\.[01] \\d{3} .*")
          ? Integer.parseInt(text.substring(9, 12))
          : 0;
    }
  }
}
