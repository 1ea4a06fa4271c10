package dev.codingplans.gateway.spi.identity;

/**
 * The host's own id of a user. It is opaque to a plugin, and it never reaches a provider.
 *
 * @param value 1 to 128 printable characters
 */
public record UserId(String value) {

  private static final int MAX_LENGTH = 128;

  /** Refuses a malformed id. */
  public UserId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "a user id has 1 to " + MAX_LENGTH + " printable characters");
    }
  }

  /** Tells whether a text can be a user id. */
  public static boolean isWellFormed(String value) {
    return !value.isBlank()
        && value.codePointCount(0, value.length()) <= MAX_LENGTH
        && value.codePoints().allMatch(UserId::isPrintable);
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return value;
  }
}
