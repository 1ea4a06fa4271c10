package dev.codingplans.sample.metered;

import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.gateway.spi.usage.Hold;
import java.io.ByteArrayOutputStream;

/**
 * An answer that is paid from credits, on its way to the client. Its bytes pass as they come, but
 * for the event that only the gateway asked for. Not thread-safe: pieces come one after the other.
 */
public final class MeteredAnswer {

  private static final byte[] NOTHING = {};

  /** Longer than any event; what is longer is not read, and its usage is estimated. */
  private static final int MOST_KEPT = 8 << 20;

  private final Hold hold;
  private final UsageMeter meter;
  private final boolean keepsUsage;
  private final boolean isStream;
  private final EventSplitter events = new EventSplitter();
  private boolean unreadable;

  /**
   * @param isStream whether the answer is a stream of events; otherwise it is one JSON
   */
  public MeteredAnswer(Hold hold, MeteredRequest request, boolean isStream) {
    this.hold = hold;
    this.meter = new UsageMeter(request);
    this.keepsUsage = request.usageWish().isEmpty();
    this.isStream = isStream;
  }

  /** Takes a piece and returns what is to be passed on at once. */
  public byte[] pass(byte[] piece) {
    if (unreadable) {
      return piece;
    }
    if (!isStream) {
      keep(piece);
      return piece;
    }
    var passed = new ByteArrayOutputStream(piece.length);
    for (var event : events.add(piece)) {
      if (!isOurs(event)) {
        passed.writeBytes(event);
      }
    }
    if (events.begunBytes() > MOST_KEPT) {
      unreadable = true;
      passed.writeBytes(events.rest());
    }
    return passed.toByteArray();
  }

  /** The answer has come whole: charges it, and returns what is still to be passed on. */
  public byte[] end() {
    var rest = unreadable ? NOTHING : events.rest();
    if (rest.length > 0) {
      meter.read(isStream ? Event.data(rest) : rest);
    }
    settle();
    return isStream ? rest : NOTHING;
  }

  /** The answer breaks off: what came is charged, and nothing if there was none (M3). */
  public void breakOff() {
    if (meter.hasOutput()) {
      settle();
    } else {
      hold.release();
    }
  }

  private void settle() {
    Consumption consumption = meter.consumption();
    var unused = hold.settle(consumption);
  }

  private boolean isOurs(byte[] event) {
    return meter.read(Event.data(event)) && !keepsUsage;
  }

  /** A JSON is read once it is there as a whole. */
  private void keep(byte[] piece) {
    events.keep(piece);
    if (events.begunBytes() > MOST_KEPT) {
      unreadable = true;
      events.rest();
    }
  }
}
