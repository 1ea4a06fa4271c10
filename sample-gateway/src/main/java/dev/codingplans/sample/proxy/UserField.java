package dev.codingplans.sample.proxy;

/**
 * A field of a request body that names the user.
 *
 * @param parent the top-level object that holds it; empty if it is a top-level field itself
 * @param name the field's name
 */
record UserField(String parent, String name) {

  /** The parent of top-level fields. */
  static final String TOP_LEVEL = "";
}
