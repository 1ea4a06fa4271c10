package dev.codingplans.plugin.account;

import dev.codingplans.plugin.database.SqlState;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds users by something within their ids, for which no index is of use, in bounded time. */
@Singleton
class UsersByPart {

  private final UserRepository repository;

  UsersByPart(UserRepository repository) {
    this.repository = repository;
  }

  @Transactional
  List<FoundUser> find(String part, String after, int most) throws TooSlowException {
    repository.limitStatements();
    try {
      return repository.containing(after, after, part, most);
    } catch (DataAccessException e) {
      if (SqlState.isTimeout(e)) {
        throw new TooSlowException(e);
      }
      throw e;
    }
  }

  /** Thrown if the time was not enough. */
  static final class TooSlowException extends RuntimeException {

    TooSlowException(Throwable cause) {
      super("there are too many users to look within all of their ids", cause);
    }
  }
}
