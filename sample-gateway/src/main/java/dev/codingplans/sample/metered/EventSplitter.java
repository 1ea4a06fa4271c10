package dev.codingplans.sample.metered;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream into its events: what comes is kept until the empty line that ends an event. */
final class EventSplitter {

  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int lineLength;

  /** Returns the events that end within the piece, each as it came. */
  List<byte[]> add(byte[] piece) {
    var ended = new ArrayList<byte[]>();
    var start = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] != '\n') {
        lineLength += piece[i] == '\r' ? 0 : 1;
      } else if (lineLength > 0) {
        lineLength = 0;
      } else {
        begun.write(piece, start, i + 1 - start);
        start = i + 1;
        ended.add(rest());
      }
    }
    begun.write(piece, start, piece.length - start);
    return ended;
  }

  /** Returns what has begun and not ended, and forgets it. */
  byte[] rest() {
    var rest = begun.toByteArray();
    begun.reset();
    return rest;
  }

  int begunBytes() {
    return begun.size();
  }
}
