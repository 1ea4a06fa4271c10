package dev.codingplans.gateway.spi.identity;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request without its body.
 *
 * @param method in capitals
 * @param path the path without the query, as it was sent: not decoded
 * @param headers by name; names are compared without case
 */
public record RequestHead(String method, String path, Map<String, List<String>> headers) {

  /** Copies the headers under their names in lower case. */
  public RequestHead {
    var byName = new TreeMap<String, List<String>>();
    headers.forEach(
        (name, values) -> byName.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers = Collections.unmodifiableMap(byName);
  }

  /** Returns the header's first value. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Prints neither header values nor names: some are credentials. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
