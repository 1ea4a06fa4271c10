package dev.codingplans.gateway.spi.catalog;

import java.util.regex.Pattern;

/** The one form that the ids of a catalog have. */
final class CatalogIds {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private CatalogIds() {}

  static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  static void requireWellFormed(String value, String what) {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not a " + what + ": it must match " + FORM);
    }
  }
}
