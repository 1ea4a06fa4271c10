package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads one HTTP/1.1 message after another off a connection. Of each it keeps the first line and
 * the size of the body, so that it takes little of the CPU that the measured process needs.
 */
final class MessageReader {

  private static final int MAX_LINE = 8 * 1024;

  private final byte[] line = new byte[MAX_LINE];
  private int lineLength;
  private Part part = Part.FIRST_LINE;
  private String firstLine = "";
  private long bodyBytes;
  private long unread;
  private boolean chunked;
  private boolean last;

  private enum Part {
    FIRST_LINE,
    HEADERS,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    END
  }

  /**
   * Takes bytes of the message, and leaves those that follow it.
   *
   * @return whether the message is whole
   */
  boolean read(ByteBuffer in) throws IOException {
    while (part != Part.END && in.hasRemaining()) {
      if (part == Part.BODY || part == Part.CHUNK) {
        skip(in);
      } else if (completesLine(in.get())) {
        take(new String(line, 0, lineLength, StandardCharsets.ISO_8859_1));
        lineLength = 0;
      }
    }
    return part == Part.END;
  }

  /** Makes ready for the next message. */
  void next() {
    part = Part.FIRST_LINE;
    bodyBytes = 0;
    unread = 0;
    chunked = false;
    last = false;
  }

  String firstLine() {
    return firstLine;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  /** Tells whether no message follows on this connection. */
  boolean isLast() {
    return last;
  }

  private boolean completesLine(byte next) throws IOException {
    if (next == '\n') {
      return true;
    }
    if (lineLength == MAX_LINE) {
      throw new IOException("a line of more than " + MAX_LINE + " bytes");
    }
    if (next != '\r') {
      line[lineLength++] = next;
    }
    return false;
  }

  private void skip(ByteBuffer in) {
    var skipped = (int) Math.min(unread, in.remaining());
    in.position(in.position() + skipped);
    unread -= skipped;
    if (unread == 0) {
      part = part == Part.BODY ? Part.END : Part.CHUNK_END;
    }
  }

  private void take(String text) {
    switch (part) {
      case FIRST_LINE -> {
        firstLine = text;
        part = Part.HEADERS;
      }
      case HEADERS -> takeHeader(text);
      case CHUNK_SIZE -> expect(Long.parseLong(text, 16), Part.CHUNK, Part.TRAILERS);
      case CHUNK_END -> part = Part.CHUNK_SIZE;
      case TRAILERS -> part = text.isEmpty() ? Part.END : Part.TRAILERS;
      case BODY, CHUNK, END -> throw new IllegalStateException("no line in " + part);
    }
  }

  private void takeHeader(String header) {
    if (!header.isEmpty()) {
      value(header, "content-length:").ifPresent(length -> unread = Long.parseLong(length));
      value(header, "transfer-encoding:").ifPresent(coding -> chunked = true);
      value(header, "connection:").ifPresent(option -> last = option.equalsIgnoreCase("close"));
    } else if (chunked) {
      part = Part.CHUNK_SIZE;
    } else {
      expect(unread, Part.BODY, Part.END);
    }
  }

  private void expect(long bytes, Part some, Part none) {
    unread = bytes;
    bodyBytes += bytes;
    part = bytes > 0 ? some : none;
  }

  private static Optional<String> value(String header, String name) {
    return header.regionMatches(true, 0, name, 0, name.length())
        ? Optional.of(header.substring(name.length()).strip())
        : Optional.empty();
  }
}
