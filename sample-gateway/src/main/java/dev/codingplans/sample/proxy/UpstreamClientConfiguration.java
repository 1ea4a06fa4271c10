package dev.codingplans.sample.proxy;

import io.micronaut.http.client.HttpClientConfiguration;
import io.micronaut.runtime.ApplicationConfiguration;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How providers are called: no redirects, bounded waiting, warm connections, and not too many. */
@Singleton
final class UpstreamClientConfiguration extends HttpClientConfiguration {

  private static final int HEADER_BYTES = 32 * 1024;

  /** Shorter than what load balancers keep, so that a request seldom meets a closing connection. */
  private static final Duration POOL_IDLE = Duration.ofSeconds(30);

  private final ConnectionPoolConfiguration pool = new ConnectionPoolConfiguration();

  UpstreamClientConfiguration(ProxySettings settings, ApplicationConfiguration application) {
    super(application);
    setFollowRedirects(false);
    setExceptionOnErrorStatus(false);
    setMaxHeaderSize(HEADER_BYTES);
    setConnectTimeout(settings.limits().connectTimeout());
    setReadTimeout(settings.limits().idleTimeout());
    // Would cut a thinking model off before the read timeout does.
    setReadIdleTimeout(null);
    setConnectionPoolIdleTimeout(POOL_IDLE);
    // Each host, so each provider, has a pool of its own. A pool that is used up must not keep its
    // callers waiting for longer than a provider that is down.
    pool.setMaxConcurrentHttp1Connections(settings.limits().connectionsPerProvider());
    pool.setMaxPendingAcquires(settings.limits().openRequests());
    pool.setAcquireTimeout(settings.limits().connectTimeout());
  }

  @Override
  public ConnectionPoolConfiguration getConnectionPoolConfiguration() {
    return pool;
  }
}
