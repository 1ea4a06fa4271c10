package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.UNAVAILABLE;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller is told while a question that only this gateway can answer has no answer. */
final class Unavailable {

  private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  private Unavailable() {}

  static RefusalException because(Throwable cause) {
    LOG.warn("A request cannot be decided now: {}", cause.toString());
    return new Refusal(
            UNAVAILABLE,
            503,
            "The gateway cannot decide this request now; try again.",
            Optional.of(RETRY_AFTER_SECONDS))
        .asException();
  }
}
