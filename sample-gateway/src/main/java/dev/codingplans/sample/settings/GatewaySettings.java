package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param database where the host keeps what is its own
 * @param keyOutage how long a known API key is taken while the database does not answer
 * @param secret what the host derives keys from; if it is empty, the host makes and keeps one
 * @param tokenKeys what the signatures of tokens are checked with
 * @param topUps how credit is collected from users who switched that on
 * @param kycFor the kinds of plans that only users with a passed identity check may buy
 * @param minimaxBaseUrl the upstream of provider {@code minimax}
 * @param minimaxPlatformKey the host's own key of {@code minimax}
 * @param modelPrices what the models cost that are sold from credits
 * @param openRequests how many requests for inference are served at once
 * @param openRequestsPerUser how many of them may be one user's
 * @param connectionsPerProvider how many connections to one provider there are at most
 */
public record GatewaySettings(
    String host,
    int port,
    Path pluginsFolder,
    DatabaseSettings database,
    Duration keyOutage,
    Optional<Secret> secret,
    TokenKeys tokenKeys,
    TopUpSettings topUps,
    Set<PlanOffer.Kind> kycFor,
    URI minimaxBaseUrl,
    Optional<Secret> minimaxPlatformKey,
    ModelPrices modelPrices,
    int openRequests,
    int openRequestsPerUser,
    int connectionsPerProvider) {

  /** The system property in which {@code bin/gateway} names its own folder. */
  private static final String HOME = "sample-gateway.home";

  private static final String PLUGINS = "GATEWAY_PLUGINS_DIR";
  private static final String HOST = "GATEWAY_HOST";
  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 8080;
  private static final String DEFAULT_KYC = "quota";
  private static final URI MINIMAX = URI.create("https://api.minimax.io");
  private static final String SECRET = "GATEWAY_SECRET";
  private static final String KEY_OUTAGE = "GATEWAY_API_KEY_MAX_OUTAGE";
  private static final String OPEN_REQUESTS = "GATEWAY_MAX_OPEN_REQUESTS";
  private static final String OPEN_REQUESTS_PER_USER = "GATEWAY_MAX_OPEN_REQUESTS_PER_USER";
  private static final String CONNECTIONS_PER_PROVIDER = "GATEWAY_MAX_CONNECTIONS_PER_PROVIDER";
  private static final Set<String> KNOWN =
      Set.of(
          HOST,
          "GATEWAY_PORT",
          PLUGINS,
          SECRET,
          "GATEWAY_KYC_FOR",
          KEY_OUTAGE,
          ModelPrices.SETTING,
          OPEN_REQUESTS,
          OPEN_REQUESTS_PER_USER,
          CONNECTIONS_PER_PROVIDER);

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
            demo ? in.loopbackHost(HOST, DEFAULT_HOST) : in.host(HOST, DEFAULT_HOST),
            in.port("GATEWAY_PORT", DEFAULT_PORT),
            existingPluginsFolder(in),
            DatabaseSettings.read(in),
            in.duration(
                KEY_OUTAGE, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)),
            secret(in),
            TokenKeys.read(in, demo),
            TopUpSettings.read(in, demo),
            kycFor(in),
            in.baseUrl("MINIMAX_BASE_URL", MINIMAX),
            in.find("MINIMAX_PLATFORM_KEY").map(Secret::of),
            ModelPrices.read(in),
            in.count(OPEN_REQUESTS, 10_000),
            in.count(OPEN_REQUESTS_PER_USER, 1_000),
            in.count(CONNECTIONS_PER_PROVIDER, 10_000));
    dataFolder(in); // for its fault: only the embedded database reads it
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
    effective.put(HOST, host);
    effective.put("GATEWAY_PORT", Integer.toString(port));
    effective.put(PLUGINS, pluginsFolder.toString());
    effective.put("GATEWAY_KYC_FOR", DEFAULT_KYC);
    effective.put("MINIMAX_BASE_URL", minimaxBaseUrl.toString());
    effective.putAll(settings);
    return effective;
  }

  private static Path dataFolder(SettingsReader in) {
    return in.path("DATA_DIR", Path.of("data"));
  }

  private static Path pluginsFolder(SettingsReader in) {
    return in.path(PLUGINS, Path.of(System.getProperty(HOME, "")).resolve("plugins"));
  }

  /** A gateway whose plugin is missed would serve everybody, so nobody may mistype the folder. */
  private static Path existingPluginsFolder(SettingsReader in) {
    var folder = pluginsFolder(in);
    if (in.find(PLUGINS).isPresent() && !Files.isDirectory(folder)) {
      in.fault(PLUGINS + " must be a folder that exists, not " + folder + ".");
    }
    return folder;
  }

  private static Optional<Secret> secret(SettingsReader in) {
    var given = in.find(SECRET);
    given.flatMap(value -> SharedSecretRules.fault(SECRET, value)).ifPresent(in::fault);
    return given.map(Secret::of);
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
