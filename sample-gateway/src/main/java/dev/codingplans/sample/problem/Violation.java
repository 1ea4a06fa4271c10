package dev.codingplans.sample.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field as the client wrote it
 * @param message what is wrong, without the value
 */
public record Violation(String field, String message) {

  private static final int MAX_FIELD = 100;

  /** Cuts a field that is too long to be one. */
  public Violation {
    field = field.length() <= MAX_FIELD ? field : field.substring(0, MAX_FIELD);
  }
}
