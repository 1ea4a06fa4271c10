package dev.codingplans.sample.apikeys;

import static dev.codingplans.sample.problem.ProblemCode.INVALID_STATE;
import static dev.codingplans.sample.problem.ProblemCode.NOT_FOUND;
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
final class ApiKeys {

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  /** Of one user. */
  static final int MOST = 100;

  private final ApiKeyRows rows;
  private final KeyDigests digests;
  private final KnownKeys known;
  private final SecureRandom random = new SecureRandom();

  ApiKeys(ApiKeyRows rows, KeyDigests digests, KnownKeys known) {
    this.rows = rows;
    this.digests = digests;
    this.known = known;
  }

  /** Makes a key; its text is in the answer and nowhere else. */
  MadeKey make(UserId user, Optional<String> name) {
    var text = KeyText.random(random);
    var key =
        orUnavailable(() -> rows.add(user.value(), name, text.prefix(), digests.of(text), MOST))
            .orElseThrow(
                () ->
                    new ProblemException(
                        INVALID_STATE,
                        "You have "
                            + MOST
                            + " API keys, and more are not given. Revoke one first."));
    return new MadeKey(key, text.secret());
  }

  /** Returns the user's keys made before the position, newest first. */
  List<ApiKey> listBefore(UserId user, long before, int most) {
    return orUnavailable(() -> rows.listBefore(user.value(), before, most));
  }

  /** Ends a key: on this node when the call returns, on others within a second. */
  void revoke(UserId user, UUID id) {
    var digest =
        orUnavailable(() -> rows.remove(user.value(), id))
            .orElseThrow(() -> new ProblemException(NOT_FOUND, "You have no such API key."));
    known.revoke(digest);
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
