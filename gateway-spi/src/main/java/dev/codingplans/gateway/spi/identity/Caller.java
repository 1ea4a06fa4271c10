package dev.codingplans.gateway.spi.identity;

import java.util.Map;
import java.util.Set;

/**
 * Who sends a request, as the host established it.
 *
 * @param user the user's id
 * @param roles what the user may do
 * @param claims what else the host knows of the user, for its own purchase policies
 */
public record Caller(UserId user, Set<Role> roles, Map<String, String> claims) {

  /** Copies the collections. */
  public Caller {
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
  }

  /** Tells whether the caller has the role. */
  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** What a caller may do at a plugin's console. */
  public enum Role {
    /** Buy and use plans. */
    USER,
    /** Operate the plugin. */
    ADMIN
  }
}
