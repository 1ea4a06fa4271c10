package dev.codingplans.entitlement;

/** Thrown if no decision can be made: nothing usable is cached, and the store does not answer. */
public final class EntitlementsUnavailable extends RuntimeException {

  EntitlementsUnavailable(String message) {
    super(message);
  }

  EntitlementsUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
