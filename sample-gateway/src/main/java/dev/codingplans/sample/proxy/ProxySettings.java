package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.settings.ModelPrices;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How requests are forwarded.
 *
 * @param upstreams where each provider is reached, without the path of a call
 * @param platformKey the host's own key, for what is sold from credits; for everything if no plugin
 *     decides
 * @param pseudonymKey the key of the pseudonyms that stand for users at a provider (E7)
 * @param limits the bounds of a call
 * @param prices what the models cost that are sold from credits
 */
record ProxySettings(
    Map<ProviderId, URI> upstreams,
    Optional<Secret> platformKey,
    Secret pseudonymKey,
    Limits limits,
    ModelPrices prices) {

  /** Settings of a gateway that sells nothing from credits. */
  ProxySettings(
      Map<ProviderId, URI> upstreams,
      Optional<Secret> platformKey,
      Secret pseudonymKey,
      Limits limits) {
    this(upstreams, platformKey, pseudonymKey, limits, ModelPrices.NONE);
  }

  /** Copies the map. */
  ProxySettings {
    upstreams = Map.copyOf(upstreams);
  }

  /**
   * The bounds of a call.
   *
   * @param bodyBytes the largest request body; the server's own limit must not be lower
   * @param connectTimeout how long a connection to a provider may take
   * @param idleTimeout how long a provider may send nothing, before and within its answer
   * @param bufferedBytes how much of request bodies is held at once, of all that wait to be sent
   * @param openRequests how many requests are served at once
   * @param openRequestsPerUser how many of them may be one user's
   * @param connectionsPerProvider how many connections to one provider there are at most; whoever
   *     gets none within the time for a connection is refused
   */
  record Limits(
      int bodyBytes,
      Duration connectTimeout,
      Duration idleTimeout,
      long bufferedBytes,
      int openRequests,
      int openRequestsPerUser,
      int connectionsPerProvider) {

    /** Bounds under which every open request may have a connection. */
    Limits(
        int bodyBytes,
        Duration connectTimeout,
        Duration idleTimeout,
        long bufferedBytes,
        int openRequests,
        int openRequestsPerUser) {
      this(
          bodyBytes,
          connectTimeout,
          idleTimeout,
          bufferedBytes,
          openRequests,
          openRequestsPerUser,
          openRequests);
    }

    /** What holds unless an operator says otherwise. A model may think for minutes. */
    static final Limits DEFAULT =
        new Limits(
            10 << 20, Duration.ofSeconds(5), Duration.ofMinutes(5), 64L << 20, 10_000, 1_000);

    /** How much of the bodies that are held may be one user's: nobody takes all the room. */
    long bufferedBytesPerUser() {
      return bufferedBytes / 2;
    }

    Limits withOpenRequests(int inAll, int perUser) {
      return new Limits(bodyBytes, connectTimeout, idleTimeout, bufferedBytes, inAll, perUser);
    }

    Limits withConnectionsPerProvider(int most) {
      return new Limits(
          bodyBytes,
          connectTimeout,
          idleTimeout,
          bufferedBytes,
          openRequests,
          openRequestsPerUser,
          most);
    }
  }
}
