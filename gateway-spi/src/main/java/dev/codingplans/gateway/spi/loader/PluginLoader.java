package dev.codingplans.gateway.spi.loader;

import dev.codingplans.gateway.spi.GatewayPlugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads the plugin jars of a folder. Each plugin sees the JDK, this contract and its own jar, and
 * nothing of the host or of another plugin. Stateless; can be called from any thread.
 *
 * <pre>{@code
 * for (LoadedPlugin plugin : PluginLoader.load(Path.of("plugins"))) {
 *   Registrations registrations = plugin.start(host);
 *   …
 * }
 * }</pre>
 */
public final class PluginLoader {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private PluginLoader() {}

  /**
   * Loads every {@code *.jar} of the folder, in the order of their names; nothing if there is no
   * such folder. No plugin is started yet.
   *
   * @throws PluginLoadException if a jar holds no plugin or more than one, has the id of another
   *     jar's, or was built for a contract that this host does not serve; no plugin is then loaded
   */
  public static List<LoadedPlugin> load(Path folder) {
    var plugins = new ArrayList<LoadedPlugin>();
    try {
      for (Path jar : jarsOf(folder)) {
        plugins.add(loadJar(jar));
        requireUniqueIds(plugins);
      }
      return List.copyOf(plugins);
    } catch (PluginLoadException e) {
      plugins.forEach(LoadedPlugin::close);
      throw e;
    }
  }

  private static List<Path> jarsOf(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new PluginLoadException("The plugins folder " + folder + " cannot be read.", e);
    }
  }

  private static LoadedPlugin loadJar(Path jar) {
    requireServedContract(jar);
    @Nullable URLClassLoader loader = null;
    try {
      loader =
          new URLClassLoader(
              "plugin " + jar.getFileName(),
              new URL[] {jar.toUri().toURL()},
              new ContractOnlyClassLoader(PluginLoader.class.getClassLoader()));
      var plugin = new LoadedPlugin(jar, instantiate(jar, loader), loader);
      requireWellFormedId(plugin);
      return plugin;
    } catch (IOException e) {
      throw new PluginLoadException("The plugin jar " + jar + " cannot be read.", e);
    } catch (PluginLoadException e) {
      closeQuietly(loader, e);
      throw e;
    }
  }

  private static void requireServedContract(Path jar) {
    var stated =
        statedContract(jar)
            .orElseThrow(
                () ->
                    new PluginLoadException(
                        "The jar "
                            + jar
                            + " is no plugin: its manifest has no "
                            + ContractVersion.ATTRIBUTE
                            + "."));
    var served =
        ContractVersion.parse(stated).map(ContractVersion.HOST::serves).orElse(Boolean.FALSE);
    if (!served) {
      throw new PluginLoadException(
          "The plugin jar "
              + jar
              + " was built for version "
              + stated
              + " of the gateway contract, but this host serves "
              + ContractVersion.HOST
              + ".");
    }
  }

  private static Optional<String> statedContract(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return Optional.ofNullable(file.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue(ContractVersion.ATTRIBUTE));
    } catch (IOException e) {
      throw new PluginLoadException("The plugin jar " + jar + " cannot be read.", e);
    }
  }

  private static GatewayPlugin instantiate(Path jar, ClassLoader loader) {
    try {
      var providers = ServiceLoader.load(GatewayPlugin.class, loader).stream().toList();
      if (providers.size() != 1) {
        throw new PluginLoadException(
            "The plugin jar "
                + jar
                + " must name exactly one GatewayPlugin, but it names "
                + providers.size()
                + ".");
      }
      return providers.getFirst().get();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new PluginLoadException(
          "The plugin jar " + jar + " names a GatewayPlugin that cannot be made.", e);
    }
  }

  private static void requireWellFormedId(LoadedPlugin plugin) {
    if (!ID.matcher(plugin.id()).matches()) {
      throw new PluginLoadException(
          "The plugin jar " + plugin.jar() + " has an id that is not of the form " + ID + ".");
    }
  }

  private static void requireUniqueIds(List<LoadedPlugin> plugins) {
    Map<String, Path> jars = new HashMap<>();
    for (LoadedPlugin plugin : plugins) {
      var other = jars.putIfAbsent(plugin.id(), plugin.jar());
      if (other != null) {
        throw new PluginLoadException(
            "The plugin jar "
                + plugin.jar()
                + " has the id '"
                + plugin.id()
                + "' of "
                + other
                + "; remove one of them.");
      }
    }
  }

  private static void closeQuietly(@Nullable URLClassLoader loader, PluginLoadException cause) {
    if (loader == null) {
      return;
    }
    try {
      loader.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
