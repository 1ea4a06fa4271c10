package dev.codingplans.plugin.http;

/** Where a controller finds who calls. */
public final class Callers {

  /** The request attribute that holds the caller. */
  public static final String ATTRIBUTE = "caller";

  private Callers() {}
}
