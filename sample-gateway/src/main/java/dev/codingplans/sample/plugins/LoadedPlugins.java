package dev.codingplans.sample.plugins;

import dev.codingplans.gateway.spi.loader.LoadedPlugin;
import dev.codingplans.gateway.spi.loader.PluginLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plugin jars of a folder and the settings that they are started with.
 *
 * @param jars the plugins, not started
 * @param settings the settings of the whole gateway
 */
public record LoadedPlugins(List<LoadedPlugin> jars, Map<String, String> settings)
    implements AutoCloseable {

  private static final String SETTINGS_OF_PLUGINS = "CODING_PLANS_";

  /** Copies the collections. */
  public LoadedPlugins {
    jars = List.copyOf(jars);
    settings = Map.copyOf(settings);
  }

  /** Loads the plugins of the folder, see {@link PluginLoader#load}. */
  public static LoadedPlugins load(Path folder) {
    return new LoadedPlugins(PluginLoader.load(folder), Map.of());
  }

  /** Returns the same plugins, to be started with these settings. */
  public LoadedPlugins startedWith(Map<String, String> settings) {
    return new LoadedPlugins(jars, settings);
  }

  /**
   * Returns what is wrong with the settings of the plugins, a sentence each.
   *
   * @param written the names of the settings that somebody wrote: if there is no plugin that they
   *     are for, it was forgotten
   */
  public List<String> faults(Path folder, Set<String> written) {
    var faults = new ArrayList<String>();
    if (jars.isEmpty()) {
      written.stream()
          .filter(name -> name.startsWith(SETTINGS_OF_PLUGINS))
          .map(name -> name + " is known to no plugin: there is none in " + folder + ".")
          .forEach(faults::add);
    }
    if (jars.size() > 1) {
      faults.add(
          "GATEWAY_PLUGINS_DIR holds "
              + jars.size()
              + " plugins, but only one can decide whose credential serves a request: "
              + String.join(", ", jars.stream().map(LoadedPlugin::id).toList())
              + ".");
    }
    jars.forEach(plugin -> faults.addAll(plugin.faults(settings)));
    return faults;
  }

  /** Stops what was started and closes the jars. */
  @Override
  public void close() {
    jars.reversed().forEach(LoadedPlugin::close);
  }

  /** Names the plugins only: some of the settings are secrets. */
  @Override
  public String toString() {
    return "plugins " + jars.stream().map(LoadedPlugin::id).toList();
  }
}
