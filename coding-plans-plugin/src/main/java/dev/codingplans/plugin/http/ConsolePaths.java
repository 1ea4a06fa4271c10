package dev.codingplans.plugin.http;

import java.util.List;
import java.util.stream.Stream;

/** What a host mounts: the prefixes of all addresses of the plugin's server. */
public final class ConsolePaths {

  /** Addresses for programs. */
  public static final List<String> CALLS = List.of("/api", "/admin/api", "/webhooks");

  /** Addresses for people. */
  public static final List<String> PAGES =
      List.of("/", "/subscriptions", "/usage", "/byok", "/keys", "/admin", "/coding-plans");

  /** What every page loads; the same for everybody, and open to everybody. */
  public static final String ASSETS = "/coding-plans/assets/";

  private ConsolePaths() {}

  static List<String> all() {
    return Stream.concat(CALLS.stream(), PAGES.stream()).toList();
  }
}
