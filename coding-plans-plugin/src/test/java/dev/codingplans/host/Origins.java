package dev.codingplans.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementResolver;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From which jar or folder the host, and from which a plugin, gets a class of the same name. */
final class Origins {

  private static final String NONE = "none";

  private Origins() {}

  static Map<String, Map<String, String>> of(EntitlementResolver plugin) {
    return Map.of(
        "host", seenBy(BareHost.class.getClassLoader()),
        "plugin", seenBy(plugin.getClass().getClassLoader()));
  }

  private static Map<String, String> seenBy(ClassLoader loader) {
    var origins = new TreeMap<String, String>();
    for (Class<?> type :
        new Class<?>[] {
          ObjectMapper.class,
          Caffeine.class,
          Logger.class,
          LoggerFactory.getILoggerFactory().getClass(),
          Entitlement.class,
          BareHost.class
        }) {
      origins.put(type.getSimpleName(), origin(type.getName(), loader));
    }
    return origins;
  }

  private static String origin(String type, ClassLoader loader) {
    try {
      var place = loader.loadClass(type).getProtectionDomain().getCodeSource().getLocation();
      return Path.of(place.getPath()).getFileName().toString();
    } catch (ClassNotFoundException e) {
      return NONE;
    }
  }
}
