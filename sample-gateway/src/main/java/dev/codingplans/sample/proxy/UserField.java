package dev.codingplans.sample.proxy;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The place of a field in a request body; some name the user (E7), one the model.
 *
 * @param parent the top-level object that holds it; empty if it is a top-level field itself
 * @param name the field's name
 */
record UserField(String parent, String name) {

  /** The parent of top-level fields. */
  static final String TOP_LEVEL = "";

  /** Those of all formats: a provider may read a field of one in a call of another. */
  private static final Set<UserField> ALL =
      Set.of(
          new UserField(TOP_LEVEL, "user"),
          new UserField(TOP_LEVEL, "safety_identifier"),
          new UserField(TOP_LEVEL, "prompt_cache_key"),
          new UserField("metadata", "user_id"));

  private static final Set<String> PARENTS =
      ALL.stream()
          .map(UserField::parent)
          .filter(parent -> !parent.equals(TOP_LEVEL))
          .collect(Collectors.toUnmodifiableSet());

  /** Tells whether this is the field that names the model. */
  boolean isModel() {
    return parent.equals(TOP_LEVEL) && name.equals("model");
  }

  boolean namesUser() {
    return ALL.contains(this);
  }

  /** Tells whether this is an object some field of which names the user. */
  boolean holdsUser() {
    return parent.equals(TOP_LEVEL) && PARENTS.contains(name);
  }
}
