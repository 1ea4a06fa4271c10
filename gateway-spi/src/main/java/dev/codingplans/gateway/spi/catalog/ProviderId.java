package dev.codingplans.gateway.spi.catalog;

/**
 * The id of a model provider, for example {@code minimax}; also the first part of a model's name at
 * the gateway ({@code minimax/MiniMax-M2}).
 *
 * @param value {@code [a-z0-9][a-z0-9-]{0,63}}
 */
public record ProviderId(String value) {

  /** Refuses a malformed id. */
  public ProviderId {
    CatalogIds.requireWellFormed(value, "provider id");
  }

  /** Tells whether a text is a well-formed provider id. */
  public static boolean isWellFormed(String value) {
    return CatalogIds.isWellFormed(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
