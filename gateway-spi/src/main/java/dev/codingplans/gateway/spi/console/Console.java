package dev.codingplans.gateway.spi.console;

import java.net.URI;
import java.util.List;

/**
 * A plugin's own HTTP API and pages. The host mounts it: it passes every request whose path starts
 * with one of the prefixes on to the address, unchanged, with all its headers, and the answer back.
 * The host's own routes go first.
 *
 * @param address scheme, host and port, for example {@code http://127.0.0.1:41234}
 * @param prefixes what to pass on: a path that equals one of them or continues it after a {@code
 *     /}; of {@code /} itself nothing but that path
 * @param openApi the description of the API as an OpenAPI 3 document in YAML
 */
public record Console(URI address, List<String> prefixes, String openApi) {

  /** Copies the list. */
  public Console {
    prefixes = List.copyOf(prefixes);
  }

  /** Tells whether a request to this path, without the query and not decoded, belongs to it. */
  public boolean serves(String path) {
    return prefixes.stream().anyMatch(prefix -> path.equals(prefix) || continues(path, prefix));
  }

  /** What follows {@code /} after another {@code /} names a host in many places, and no path. */
  private static boolean continues(String path, String prefix) {
    return !prefix.equals("/") && path.startsWith(prefix + "/");
  }
}
