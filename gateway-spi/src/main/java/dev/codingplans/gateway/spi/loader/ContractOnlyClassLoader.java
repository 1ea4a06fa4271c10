package dev.codingplans.gateway.spi.loader;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The parent of every plugin's class loader: it shows the JDK and exactly this contract, so that no
 * library of the host is ever mixed with one of a plugin.
 */
final class ContractOnlyClassLoader extends ClassLoader {

  private static final String CONTRACT_PACKAGE = "dev.codingplans.gateway.spi.";
  private static final String CONTRACT_FOLDER = CONTRACT_PACKAGE.replace('.', '/');

  private final ClassLoader host;

  ContractOnlyClassLoader(ClassLoader host) {
    super("gateway-spi", ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(CONTRACT_PACKAGE)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return name.startsWith(CONTRACT_FOLDER) ? host.getResource(name) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return name.startsWith(CONTRACT_FOLDER)
        ? host.getResources(name)
        : Collections.emptyEnumeration();
  }
}
