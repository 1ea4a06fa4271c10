package dev.codingplans.plugin.http.pages.users;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.SqlState;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Finds users a page at a time: first those whose id starts with what is looked for. */
@Singleton
class UserList {

  private static final String START = "start:";
  private static final String WITHIN = "within:";

  private final UserRows rows;

  UserList(UserRows rows) {
    this.rows = rows;
  }

  /**
   * Returns up to {@code limit} users.
   *
   * @param part what is looked for, literally and whatever its case; empty for everybody
   * @param from where an earlier answer said that the next page starts
   */
  Found find(String part, Optional<String> from, int limit) {
    if (!part.isEmpty() && !UserId.isWellFormed(part)) {
      throw Refusal.invalid("query", "it must be a part of a user id, up to 128 characters");
    }
    return from.filter(key -> key.startsWith(WITHIN))
        .map(key -> within(part, key.substring(WITHIN.length()), limit))
        .orElseGet(() -> starting(part, from.orElse(START).substring(START.length()), limit));
  }

  private Found starting(String part, String after, int limit) {
    try {
      return page(rows.startingWith(part, after, true, limit + 1), limit, false);
    } catch (DataAccessException e) {
      requireTimeout(e);
      return page(rows.startingWith(part, after, false, limit + 1), limit, true);
    }
  }

  private Found within(String part, String after, int limit) {
    try {
      return page(rows.containing(part, after, limit + 1), limit, false);
    } catch (DataAccessException e) {
      requireTimeout(e);
      throw new Refusal(
          UNAVAILABLE, "Looking within all user ids takes too long now. Try again in a moment.");
    }
  }

  private static void requireTimeout(DataAccessException e) {
    if (!SqlState.isTimeout(e)) {
      throw e;
    }
  }

  private static Found page(List<ListedUser> rows, int limit, boolean isCutShort) {
    if (rows.size() <= limit) {
      return new Found(rows, Optional.empty(), isCutShort);
    }
    var shown = rows.subList(0, limit);
    var last = shown.getLast();
    return new Found(
        shown, Optional.of((last.isWithin() ? WITHIN : START) + last.userId()), isCutShort);
  }

  /**
   * A page of users.
   *
   * @param next where the next page starts, if there is one
   * @param isCutShort whether there was no time to look within all ids
   */
  record Found(List<ListedUser> users, Optional<String> next, boolean isCutShort) {}
}
