package dev.codingplans.sample.browser;

import java.util.Locale;

/** The plans of the built-in catalog that come with a key. */
public enum TokenPlan {
  PLUS(20),
  MAX(50),
  ULTRA(120);

  private final int dollars;

  TokenPlan(int dollars) {
    this.dollars = dollars;
  }

  public String id() {
    return "minimax-token-plan-" + word();
  }

  public int dollars() {
    return dollars;
  }

  /** Returns a key that the simulated provider takes for one of the plan. */
  String key(int number) {
    return "sk-sim-" + word() + "-browser-" + number;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
