package dev.codingplans.sample.metered;

import dev.codingplans.gateway.spi.usage.Hold;

/**
 * An answer that is paid from credits, on its way to the client. Its bytes pass as they come, but
 * for the event that only the gateway asked for. Not thread-safe: pieces come one after the other.
 */
public final class MeteredAnswer {

  private final Hold hold;
  private final UsageMeter meter;
  private final Reading reading;
  private boolean came;

  /**
   * @param isStream whether the answer is a stream of events; otherwise it is one JSON
   */
  public MeteredAnswer(Hold hold, MeteredRequest request, boolean isStream) {
    this.hold = hold;
    this.meter = new UsageMeter(request);
    this.reading =
        isStream ? new StreamReading(meter, request.usageWish().isEmpty()) : new JsonReading(meter);
  }

  /** Takes a piece and returns what is to be passed on at once. */
  public byte[] pass(byte[] piece) {
    came = came || piece.length > 0;
    return reading.pass(piece);
  }

  /** The answer has come whole: charges it, and returns what is still to be passed on. */
  public byte[] end() {
    var rest = reading.end();
    charge(came);
    return rest;
  }

  /** The answer breaks off: what came is charged, and nothing if there was none (M3). */
  public void breakOff() {
    reading.breakOff();
    charge(meter.hasOutput());
  }

  private void charge(boolean isWorthIt) {
    if (isWorthIt) {
      var unused = hold.settle(meter.consumption());
    } else {
      hold.release();
    }
  }
}
