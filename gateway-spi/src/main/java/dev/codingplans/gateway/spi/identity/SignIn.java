package dev.codingplans.gateway.spi.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a browser signs in and out: paths of the host's own, at the address at which the host
 * mounts the console. Whoever signed in there is known to the {@link Authenticator} by what the
 * browser sends along from then on, a cookie as a rule.
 *
 * <p>A page of a plugin sends a browser that shows no valid credential to {@link #returningTo}, and
 * offers to sign out with an empty form that it posts to {@code signOutPath}.
 *
 * <pre>{@code
 * Optional<SignIn> signIn() {
 *   return Optional.of(new SignIn("/login", "/logout"));
 * }
 * }</pre>
 *
 * @param signInPath is shown with {@code GET}; in the query, {@code returnTo} is the path and query
 *     to go to afterwards, which the host accepts only if it leads to itself
 * @param signOutPath takes a {@code POST}, from pages of this host only, and shows something else
 */
public record SignIn(String signInPath, String signOutPath) {

  /** Refuses what is no path of the host, or is more than that. */
  public SignIn {
    requirePath(signInPath);
    requirePath(signOutPath);
  }

  /**
   * Returns where to send a browser that wanted to see a page.
   *
   * @param pathAndQuery of that page, as the browser sent them: not decoded
   */
  public String returningTo(String pathAndQuery) {
    return signInPath + "?returnTo=" + URLEncoder.encode(pathAndQuery, StandardCharsets.UTF_8);
  }

  private static void requirePath(String path) {
    if (!path.startsWith("/") || path.startsWith("//") || !path.matches("[\\w./~-]+")) {
      throw new IllegalArgumentException("it is no path of the host, without a query: " + path);
    }
  }
}
