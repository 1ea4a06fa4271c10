package dev.codingplans.plugin.http.pages;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import java.util.Locale;

/** A page that the navigation leads to. */
public enum Section {
  SUBSCRIPTIONS("/subscriptions", Role.USER),
  USAGE("/usage", Role.USER),
  BYOK("/byok", Role.USER),
  KEYS("/keys", Role.USER),
  CODING_PLANS("/admin/coding-plans", Role.ADMIN),
  USERS("/admin/users", Role.ADMIN),
  ALLOCATIONS("/admin/allocations", Role.ADMIN);

  private final String path;
  private final Role role;

  Section(String path, Role role) {
    this.path = path;
    this.role = role;
  }

  public String path() {
    return path;
  }

  Role role() {
    return role;
  }

  /** Tells whether it is of the operator's part of the navigation. */
  public boolean isOperators() {
    return role == Role.ADMIN;
  }

  /** Returns the key of its name in the message bundle. */
  public String key() {
    return "nav." + name().toLowerCase(Locale.ROOT);
  }
}
