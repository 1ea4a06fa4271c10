package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the host itself is configured with.
 *
 * @param host the address to listen at
 * @param port the port to listen at; 0 for any free one
 * @param pluginsFolder where plugin jars are
 * @param dataFolder where the embedded database keeps its data
 * @param databaseUrl the JDBC URL of PostgreSQL; without it the gateway runs one of its own
 * @param tokenKeys what the signatures of tokens are checked with
 * @param kycFor the kinds of plans that only users with a passed identity check may buy
 * @param minimaxBaseUrl the upstream of provider {@code minimax}
 * @param minimaxPlatformKey the host's own key of {@code minimax}
 * @param demo whether this is the demo
 */
public record GatewaySettings(
    String host,
    int port,
    Path pluginsFolder,
    Path dataFolder,
    Optional<String> databaseUrl,
    TokenKeys tokenKeys,
    Set<PlanOffer.Kind> kycFor,
    URI minimaxBaseUrl,
    Optional<Secret> minimaxPlatformKey,
    boolean demo) {

  /** The system property in which {@code bin/gateway} names its own folder. */
  private static final String HOME = "sample-gateway.home";

  private static final int DEFAULT_PORT = 8080;
  private static final String DEFAULT_KYC = "quota";
  private static final URI MINIMAX = URI.create("https://api.minimax.io");
  private static final Set<String> KNOWN =
      Set.of(
          "GATEWAY_HOST",
          "GATEWAY_PORT",
          "GATEWAY_PLUGINS_DIR",
          "GATEWAY_KYC_FOR",
          "GATEWAY_MODEL_PRICES");

  /**
   * Reads the settings of the host.
   *
   * @throws InvalidSettingsException with every fault
   */
  public static GatewaySettings read(Map<String, String> settings, boolean demo) {
    var in = new SettingsReader(settings);
    settings.keySet().stream()
        .filter(name -> name.startsWith("GATEWAY_") && !KNOWN.contains(name))
        .forEach(name -> in.fault(name + " is not a setting of the gateway."));
    var read =
        new GatewaySettings(
            in.text("GATEWAY_HOST", "127.0.0.1"),
            in.port("GATEWAY_PORT", DEFAULT_PORT),
            pluginsFolder(in),
            dataFolder(in),
            databaseUrl(in),
            TokenKeys.read(in, demo),
            kycFor(in),
            in.httpUrl("MINIMAX_BASE_URL", MINIMAX),
            in.find("MINIMAX_PLATFORM_KEY").map(Secret::of),
            demo);
    in.refuseFaults();
    return read;
  }

  /** Returns where the plugin jars are, also if other settings are at fault. */
  public static Path pluginsFolder(Map<String, String> settings) {
    return pluginsFolder(new SettingsReader(settings));
  }

  /** Returns where the embedded database keeps its data, also if other settings are at fault. */
  public static Path dataFolder(Map<String, String> settings) {
    return dataFolder(new SettingsReader(settings));
  }

  /** Returns the settings with the defaults of the host's own that are not among them. */
  public Map<String, String> effective(Map<String, String> settings) {
    var effective = new TreeMap<String, String>();
    effective.put("GATEWAY_HOST", host);
    effective.put("GATEWAY_PORT", Integer.toString(port));
    effective.put("GATEWAY_PLUGINS_DIR", pluginsFolder.toString());
    effective.put("GATEWAY_KYC_FOR", DEFAULT_KYC);
    effective.put("DATA_DIR", dataFolder.toString());
    effective.put("MINIMAX_BASE_URL", minimaxBaseUrl.toString());
    effective.putAll(settings);
    return effective;
  }

  private static Path dataFolder(SettingsReader in) {
    return in.path("DATA_DIR", Path.of("data"));
  }

  private static Path pluginsFolder(SettingsReader in) {
    return in.path("GATEWAY_PLUGINS_DIR", Path.of(System.getProperty(HOME, "")).resolve("plugins"));
  }

  private static Optional<String> databaseUrl(SettingsReader in) {
    var url = in.find("DATABASE_URL");
    if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
      in.fault("DATABASE_URL must be the JDBC URL of a PostgreSQL: jdbc:postgresql://…");
    }
    return url;
  }

  private static Set<PlanOffer.Kind> kycFor(SettingsReader in) {
    return switch (in.text("GATEWAY_KYC_FOR", DEFAULT_KYC).replace(" ", "")) {
      case "none" -> Set.of();
      case "quota" -> Set.of(PlanOffer.Kind.QUOTA);
      case "credential" -> Set.of(PlanOffer.Kind.CREDENTIAL);
      case "quota,credential", "credential,quota" -> Set.of(PlanOffer.Kind.values());
      default -> {
        in.fault("GATEWAY_KYC_FOR must be quota, credential, both with a comma, or none.");
        yield Set.of();
      }
    };
  }
}
