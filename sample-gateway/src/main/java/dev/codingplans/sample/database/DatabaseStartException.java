package dev.codingplans.sample.database;

/** Thrown if the embedded database does not start. The message is one sentence. */
public final class DatabaseStartException extends RuntimeException {

  DatabaseStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
