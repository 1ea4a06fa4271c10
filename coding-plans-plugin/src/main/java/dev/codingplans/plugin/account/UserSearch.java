package dev.codingplans.plugin.account;

import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;
import static java.util.function.Predicate.not;

import dev.codingplans.plugin.account.UsersByPart.TooSlowException;
import dev.codingplans.plugin.refusal.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds users by a part of their ids, whatever its case. First come those whose id starts with it,
 * which an index finds among millions; then the others, for which all ids are looked at. Accounts
 * that were deleted are not found.
 */
@Singleton
public class UserSearch {

  private static final String START = "start:";
  private static final String WITHIN = "within:";
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private final UserRepository repository;
  private final UsersByPart byPart;

  UserSearch(UserRepository repository, UsersByPart byPart) {
    this.repository = repository;
    this.byPart = byPart;
  }

  /**
   * Returns up to {@code limit} users.
   *
   * @param part what is looked for, literally; empty for everybody
   * @param from where an earlier answer said that the next page starts
   */
  public Found find(String part, Optional<String> from, int limit) {
    return from.filter(key -> key.startsWith(WITHIN))
        .map(key -> within(part, key.substring(WITHIN.length()), limit))
        .orElseGet(() -> starting(part, from.orElse(START).substring(START.length()), limit));
  }

  private Found starting(String part, String after, int limit) {
    var folded = after.isEmpty() ? part : after;
    var users = repository.startingWith(folded, after, part, LAST_CHARACTER, limit + 1);
    if (users.size() > limit) {
      return Found.more(users.subList(0, limit), START);
    }
    return part.isEmpty() ? new Found(users, Optional.empty()) : filledUp(users, part, limit);
  }

  /** The page is filled up with the others, unless these take too long: then they are the next. */
  private Found filledUp(List<FoundUser> users, String part, int limit) {
    try {
      var others = byPart.find(part, "", limit - users.size() + 1);
      var all = Stream.concat(users.stream(), others.stream()).toList();
      if (all.size() <= limit) {
        return new Found(all, Optional.empty());
      }
      return users.size() == limit
          ? new Found(users, Optional.of(WITHIN))
          : Found.more(all.subList(0, limit), WITHIN);
    } catch (TooSlowException e) {
      return Optional.of(users)
          .filter(not(List::isEmpty))
          .map(found -> new Found(found, Optional.of(WITHIN)))
          .orElseThrow(UserSearch::tooSlow);
    }
  }

  private Found within(String part, String after, int limit) {
    try {
      var users = byPart.find(part, after, limit + 1);
      return users.size() > limit
          ? Found.more(users.subList(0, limit), WITHIN)
          : new Found(users, Optional.empty());
    } catch (TooSlowException e) {
      // There was a page before this one, so the query is none that cannot be answered.
      throw new Refusal(
          UNAVAILABLE, "Looking within all user ids takes too long now. Try again in a moment.");
    }
  }

  private static Refusal tooSlow() {
    return Refusal.invalid(
        "query", "looking for it within all user ids takes too long: say how the id starts");
  }

  /**
   * A page of users.
   *
   * @param next where the next page starts, if there is one
   */
  public record Found(List<FoundUser> users, Optional<String> next) {

    private static Found more(List<FoundUser> users, String kind) {
      return new Found(users, Optional.of(kind + users.getLast().userId()));
    }
  }
}
