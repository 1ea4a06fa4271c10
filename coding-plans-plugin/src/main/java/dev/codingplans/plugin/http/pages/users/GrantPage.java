package dev.codingplans.plugin.http.pages.users;

import java.util.UUID;

/**
 * The form that gives a user credit, or takes some.
 *
 * @param userId who need not exist yet
 * @param key what makes a form that is sent twice do one thing
 */
record GrantPage(String userId, long balanceMicrodollars, UUID key) {

  String path() {
    return UserLinks.grant(userId);
  }

  String foundPath() {
    return UserLinks.found(userId);
  }
}
