package dev.codingplans.plugin;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.GatewayPlugin;
import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.plugin.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a host finds in the jar. */
public final class CodingPlansPlugin implements GatewayPlugin {

  private @Nullable RunningPlugin running;

  @Override
  public String id() {
    return "coding-plans";
  }

  @Override
  public List<String> faults(Map<String, String> settings) {
    var in = new SettingsReader(settings);
    PluginSettings.read(in);
    return in.faults();
  }

  @Override
  public Registrations start(GatewayHost host) {
    var in = new SettingsReader(host.settings());
    var settings = PluginSettings.read(in);
    if (!in.faults().isEmpty()) {
      throw new InvalidSettingsException(in.faults());
    }
    var started = RunningPlugin.start(settings, host);
    running = started;
    return started.registrations();
  }

  @Override
  public void close() {
    Optional.ofNullable(running).ifPresent(RunningPlugin::close);
    running = null;
  }
}
