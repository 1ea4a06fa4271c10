package dev.codingplans.sample.metered;

/** How an answer is read while it passes, for the sake of what it cost. */
sealed interface Reading permits JsonReading, StreamReading {

  /** Takes a piece and returns what is to be passed on at once. */
  byte[] pass(byte[] piece);

  /** The answer has come whole; returns what is still to be passed on. */
  byte[] end();

  /** The answer breaks off. */
  void breakOff();
}
