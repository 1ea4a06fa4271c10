package dev.codingplans.sample.apikeys;

import java.util.Optional;

/**
 * What the database said of a key.
 *
 * @param owner empty if there is no such key
 * @param askedAtNanos when the question was put: what changed since is not in the answer
 */
record KeyAnswer(Optional<KeyOwner> owner, long askedAtNanos) {

  boolean isYounger(long thanNanos, long now) {
    return now - askedAtNanos < thanNanos;
  }
}
