package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credit.ladder.Ladder;
import java.util.List;
import java.util.Optional;

/**
 * Users that were found.
 *
 * @param query what was looked for
 * @param next the address of the next page
 * @param isFirst whether no page comes before
 * @param isCutShort whether only the starts of ids were looked at
 */
record UsersPage(
    String query,
    List<ListedUser> users,
    Optional<String> next,
    boolean isFirst,
    boolean isCutShort,
    Ladder ladder,
    Catalog catalog) {

  /** Returns where to give credits to somebody of that name, who need not exist yet. */
  String grantPath() {
    return UserLinks.grant(query);
  }
}
