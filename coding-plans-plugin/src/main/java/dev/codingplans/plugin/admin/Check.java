package dev.codingplans.plugin.admin;

/**
 * One invariant, as the SQL that finds what breaks it.
 *
 * @param guardsMoney whether who breaks it must not be charged any more
 * @param sql selects {@code user_id}, whose row it is, and {@code violation}, which row it is: ids
 *     only
 */
record Check(String name, boolean guardsMoney, String sql) {

  static Check ofMoney(String name, String sql) {
    return new Check(name, true, sql);
  }

  static Check ofAccess(String name, String sql) {
    return new Check(name, false, sql);
  }
}
