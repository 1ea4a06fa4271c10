package dev.codingplans.plugin.http.pages;

/** Letters that stand for what has a name but no picture. */
public final class Marks {

  private Marks() {}

  /** Returns the first character of a name, whole even if Java needs two of its own for it. */
  public static String of(String name) {
    return name.substring(0, name.offsetByCodePoints(0, 1));
  }
}
