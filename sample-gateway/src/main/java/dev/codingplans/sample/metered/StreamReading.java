package dev.codingplans.sample.metered;

import java.io.ByteArrayOutputStream;

/** A stream of events. An event is passed on once it is whole. */
final class StreamReading implements Reading {

  private static final byte[] NOTHING = {};

  /** Longer than any event; what comes from there on is not read, and its usage is estimated. */
  private static final int MOST_KEPT = 1 << 20;

  private final UsageMeter meter;
  private final boolean keepsUsage;
  private final EventSplitter events = new EventSplitter();
  private boolean unreadable;

  /**
   * @param keepsUsage whether the event that says nothing but the usage is the client's
   */
  StreamReading(UsageMeter meter, boolean keepsUsage) {
    this.meter = meter;
    this.keepsUsage = keepsUsage;
  }

  @Override
  public byte[] pass(byte[] piece) {
    if (unreadable) {
      return unread(piece);
    }
    var passed = new ByteArrayOutputStream(piece.length);
    for (var event : events.add(piece)) {
      if (!isOurs(event)) {
        passed.writeBytes(event);
      }
    }
    if (events.begunBytes() > MOST_KEPT) {
      unreadable = true;
      passed.writeBytes(unread(events.rest()));
    }
    return passed.toByteArray();
  }

  @Override
  public byte[] end() {
    var rest = unreadable ? NOTHING : events.rest();
    if (rest.length > 0) {
      meter.read(Event.data(rest));
    }
    return rest;
  }

  /** What has begun and not ended was not passed on. */
  @Override
  public void breakOff() {}

  private byte[] unread(byte[] piece) {
    meter.add(Tokens.UNKNOWN, piece.length);
    return piece;
  }

  private boolean isOurs(byte[] event) {
    return meter.read(Event.data(event)) && !keepsUsage;
  }
}
