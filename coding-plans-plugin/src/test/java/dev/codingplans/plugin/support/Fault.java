package dev.codingplans.plugin.support;

/** How a statement fails. */
public enum Fault {
  /** The database refuses it; the connection lives on. */
  REFUSED,
  /** The database ends the connection in its place. */
  TERMINATED,
  /** The wire breaks before the database sees it. */
  CUT_BEFORE,
  /** The database does it, and the wire breaks before anybody is told: the outcome is unknown. */
  CUT_AFTER
}
