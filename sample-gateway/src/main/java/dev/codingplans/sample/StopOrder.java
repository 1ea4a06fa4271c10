package dev.codingplans.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started; what was started last stops first, and one failure stops no other. */
final class StopOrder {

  private static final Logger LOG = LoggerFactory.getLogger(StopOrder.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean stopping;

  /**
   * Takes charge of a part before or after its start.
   *
   * @throws IllegalStateException if everything has been told to stop meanwhile
   */
  synchronized <T extends AutoCloseable> T add(T part) {
    started.push(part);
    if (stopping) {
      stopAll();
      throw new IllegalStateException("The gateway was stopped while it started.");
    }
    return part;
  }

  /** Tells whether everything has been told to stop; what fails then, fails because of it. */
  synchronized boolean isStopping() {
    return stopping;
  }

  synchronized void stopAll() {
    stopping = true;
    while (!started.isEmpty()) {
      var part = started.pop();
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.error("A part of the gateway does not stop.", e);
      }
    }
  }
}
