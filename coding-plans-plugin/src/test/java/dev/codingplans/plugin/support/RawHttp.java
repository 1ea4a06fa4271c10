package dev.codingplans.plugin.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client would send. */
public final class RawHttp {

  private static final int MAX_MILLIS = 10_000;

  private RawHttp() {}

  /**
   * Sends a request head, and a body with its length unless the head tells how it is sent; returns
   * the whole answer.
   *
   * @param head the request line and headers, a line each
   */
  public static String send(URI address, String head, byte[] body) {
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(MAX_MILLIS);
      var length =
          body.length == 0 || head.contains("transfer-encoding")
              ? ""
              : "content-length: " + body.length + "\n";
      var lines = head.strip() + "\n" + length + "host: localhost\nconnection: close\n\n";
      var out = socket.getOutputStream();
      out.write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
