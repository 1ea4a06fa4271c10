package dev.codingplans.plugin.credential.level;

import java.util.Locale;

/** How much of a plan is in stock, from nothing up. */
public enum Level {
  SOLD_OUT(0),
  LOW(1),
  ENOUGH(2);

  private final int figure;

  Level(int figure) {
    this.figure = figure;
  }

  /** Returns the level of so many, where so few are low. */
  public static Level of(long available, int lowStock) {
    if (available == 0) {
      return SOLD_OUT;
    }
    return available <= lowStock ? LOW : ENOUGH;
  }

  static Level parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** Returns the name that is stored and told. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the number that stands for it among the figures. */
  int figure() {
    return figure;
  }
}
