package dev.codingplans.sample.apikeys;

import static dev.codingplans.sample.problem.ProblemCode.UNAVAILABLE;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.database.Outage;
import dev.codingplans.sample.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API keys of users: made, listed, revoked. */
@Singleton
final class UserKeys {

  private static final Logger LOG = LoggerFactory.getLogger(UserKeys.class);

  /** Of one user. */
  static final int MOST = 100;

  /** What a user is told who has that many. */
  static final String ENOUGH =
      "You have " + MOST + " API keys, and more are not given. Revoke one first.";

  private final ApiKeyRows rows;
  private final KeyDigests digests;
  private final KnownKeys known;
  private final SecureRandom random = new SecureRandom();

  UserKeys(ApiKeyRows rows, KeyDigests digests, KnownKeys known) {
    this.rows = rows;
    this.digests = digests;
    this.known = known;
  }

  /**
   * Makes a key; its text is in the answer and nowhere else. Empty if the user has as many as are
   * given.
   */
  Optional<MadeKey> make(UserId user, Optional<String> name) {
    var text = KeyText.random(random);
    return orUnavailable(() -> rows.add(user.value(), name, text.prefix(), digests.of(text), MOST))
        .map(key -> new MadeKey(key, text.secret()));
  }

  /** Returns the user's keys made before the position, newest first. */
  List<ApiKey> listBefore(UserId user, long before, int most) {
    return orUnavailable(() -> rows.listBefore(user.value(), before, most));
  }

  /**
   * Ends a key: on this node when the call returns, on others within a second. Tells whether the
   * user had it.
   */
  boolean revoke(UserId user, UUID id) {
    var digest = orUnavailable(() -> rows.remove(user.value(), id));
    digest.ifPresent(known::revoke);
    return digest.isPresent();
  }

  /** Ends all keys that the user has made by then, as {@link #revoke} does one. */
  void revokeUntil(UserId user, Instant until) {
    rows.removeUntil(user.value(), until).forEach(known::revoke);
  }

  private static <T> T orUnavailable(Supplier<T> transaction) {
    try {
      return transaction.get();
    } catch (RuntimeException e) {
      if (!Outage.isBehind(e)) {
        throw e;
      }
      LOG.warn("The database does not answer: {}", e.toString());
      throw new ProblemException(UNAVAILABLE, "Try again in a moment.");
    }
  }
}
