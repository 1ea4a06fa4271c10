package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.plugin.http.pages.Section;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses that name a user, whatever characters the id has. */
final class UserLinks {

  private UserLinks() {}

  static String grant(String userId) {
    return Section.USERS.path() + "/" + encode(userId) + "/credits";
  }

  /** Returns where the form with the key is shown once more. */
  static String grantAgain(String userId, String key) {
    return grant(userId) + "?field=balance&key=" + encode(key);
  }

  static String allocations(String userId) {
    return Section.ALLOCATIONS.path() + "?userId=" + encode(userId);
  }

  static String subscriptions(String userId) {
    return Section.CODING_PLANS.path() + "/subscriptions?userId=" + encode(userId);
  }

  /** Returns where the list of users has the user. */
  static String found(String userId) {
    return Section.USERS.path() + "?query=" + encode(userId);
  }

  /**
   * Returns the address of the next page of a list.
   *
   * @param name of the parameter that narrows the list down to the text, unless that is empty
   */
  static String more(Section section, String name, String text, String cursor) {
    var narrowed = text.isEmpty() ? "" : name + "=" + encode(text) + "&";
    return section.path() + "?" + narrowed + "cursor=" + cursor;
  }

  /** As in a path, where a plus sign would be no space. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
