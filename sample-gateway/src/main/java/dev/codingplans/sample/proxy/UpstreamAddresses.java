package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.UPSTREAM_UNAVAILABLE;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where each provider takes the calls of each format. */
@Singleton
final class UpstreamAddresses {

  private final Map<ProviderId, Map<WireFormat, URI>> addresses;

  UpstreamAddresses(ProxySettings settings) {
    this.addresses =
        settings.upstreams().entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, at -> below(at.getValue())));
  }

  /**
   * Returns the address of a call.
   *
   * @throws RefusalException if the gateway knows no way to the provider
   */
  URI of(ProviderId provider, WireFormat format) {
    var byFormat = addresses.get(provider);
    if (byFormat == null) {
      throw Refusal.of(UPSTREAM_UNAVAILABLE, "The gateway cannot reach this provider.")
          .asException();
    }
    return Objects.requireNonNull(byFormat.get(format));
  }

  private static Map<WireFormat, URI> below(URI base) {
    var text = base.toString();
    var root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return Stream.of(WireFormat.values())
        .collect(
            Collectors.toUnmodifiableMap(
                format -> format, format -> URI.create(root + format.upstreamPath())));
  }
}
