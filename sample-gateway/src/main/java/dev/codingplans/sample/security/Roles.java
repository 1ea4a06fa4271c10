package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.Caller;

/** The names of roles inside tokens. */
public final class Roles {

  /** Who may use models, and buys what is needed for it. */
  public static final String USER = "ROLE_USER";

  /** Who may operate the gateway. */
  public static final String ADMIN = "ROLE_ADMIN";

  private Roles() {}

  /** Returns what a token claims for the role. */
  public static String claimed(Caller.Role role) {
    return "ROLE_" + role.name();
  }
}
