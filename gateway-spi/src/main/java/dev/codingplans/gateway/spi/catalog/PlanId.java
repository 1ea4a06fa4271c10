package dev.codingplans.gateway.spi.catalog;

/**
 * The id of a plan, for example {@code minimax-token-plan-plus}.
 *
 * @param value {@code [a-z0-9][a-z0-9-]{0,63}}
 */
public record PlanId(String value) {

  /** Refuses a malformed id. */
  public PlanId {
    CatalogIds.requireWellFormed(value, "plan id");
  }

  /** Tells whether a text is a well-formed plan id. */
  public static boolean isWellFormed(String value) {
    return CatalogIds.isWellFormed(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
