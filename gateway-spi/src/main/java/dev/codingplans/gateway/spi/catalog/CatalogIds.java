package dev.codingplans.gateway.spi.catalog;

/** The one form that the ids of a catalog have; read with every request, so without a pattern. */
final class CatalogIds {

  private static final String FORM = "[a-z0-9][a-z0-9-]{0,63}";
  private static final int MAX_LENGTH = 64;

  private CatalogIds() {}

  static boolean isWellFormed(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH || value.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isAllowed(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static void requireWellFormed(String value, String what) {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not a " + what + ": it must match " + FORM);
    }
  }

  private static boolean isAllowed(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || character == '-';
  }
}
