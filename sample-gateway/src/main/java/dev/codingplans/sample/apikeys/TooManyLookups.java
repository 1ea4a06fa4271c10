package dev.codingplans.sample.apikeys;

/**
 * More keys are asked for than this node asks the database about. It says nothing of the database.
 */
final class TooManyLookups extends RuntimeException {

  TooManyLookups() {
    super("too many API keys at once", null, false, false);
  }
}
