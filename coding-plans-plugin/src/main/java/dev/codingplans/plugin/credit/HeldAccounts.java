package dev.codingplans.plugin.credit;

/** What becomes of accounts that another transaction holds when many are to be locked. */
public enum HeldAccounts {
  /** They are left out. */
  SKIP,
  /** They are waited for, within the bounds of a statement. */
  AWAIT
}
