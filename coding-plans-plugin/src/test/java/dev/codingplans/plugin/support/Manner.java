package dev.codingplans.plugin.support;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a {@link ProviderFake} treats a key; {@code sk-dead-…} is a key that is treated so. */
public enum Manner {
  /** Good, of the tier that is registered for the key or named in it. */
  GOOD,
  /** Good, but the answer does not say of which tier. */
  UNTITLED,
  /** Good, of a tier that nobody sells. */
  FOREIGN,
  /** Good, but there is no plan behind it: {@code model_remains} is null. */
  PLANLESS,
  /** The same with an empty list. */
  EMPTY,
  /** Good, but its plan is used up. */
  EXHAUSTED,
  /** Status 401, and the answer quotes the key. */
  UNAUTHORIZED,
  /** Status 403, and the answer quotes the key. */
  FORBIDDEN,
  /** Status 200 with code 1004, and the answer quotes the key. */
  REJECTED,
  /** Status 429. */
  LIMITED,
  /** Status 503, and the answer quotes the key. */
  FAILING,
  /** Status 500 and a page that quotes the key. */
  ECHOING,
  /** Never answers. */
  SLOW,
  /** Answers a byte a second, for ever. */
  TRICKLING,
  /** Resets the connection. */
  DEAD,
  /** Closes the connection within the body. */
  TRUNCATED,
  /** Sends 100 MB. */
  HUGE,
  /** Sends the caller elsewhere, where nobody must arrive. */
  REDIRECTING,
  /** Good, but what it says is no JSON. */
  GIBBERISH;

  /** Returns the manner that a key asks for. */
  static Optional<Manner> namedIn(String key) {
    return Stream.of(values())
        .filter(each -> key.startsWith("sk-" + each.name().toLowerCase(Locale.ROOT) + "-"))
        .findFirst();
  }
}
