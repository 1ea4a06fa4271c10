package dev.codingplans.sample.settings;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.net.URI;
import java.util.Base64;
import java.util.Set;

/** How credit is collected from users who switched that on. */
public sealed interface TopUpSettings {

  /** It is not collected. */
  record None() implements TopUpSettings {}

  /** The demo's way: everybody can pay. */
  record AtOnce() implements TopUpSettings {}

  /**
   * A payment service of the operator's is asked.
   *
   * @param secret what requests are signed with, after Standard Webhooks
   */
  record Service(URI url, Secret secret) implements TopUpSettings {}

  /** Reads {@code TOP_UP_URL} and {@code TOP_UP_SECRET}. */
  static TopUpSettings read(SettingsReader in, boolean demo) {
    var url = in.find("TOP_UP_URL");
    var secret = in.find("TOP_UP_SECRET");
    if (url.isEmpty() && secret.isEmpty()) {
      return demo ? new AtOnce() : new None();
    }
    if (url.isEmpty() || secret.isEmpty()) {
      in.fault("TOP_UP_URL and TOP_UP_SECRET belong together: set both of them, or neither.");
    }
    if (secret.isPresent() && !isSigningSecret(secret.get())) {
      in.fault("TOP_UP_SECRET must be whsec_ and the base64 of 24 to 64 random bytes.");
    }
    return new Service(serviceUrl(in), Secret.of(secret.orElse("refused")));
  }

  private static URI serviceUrl(SettingsReader in) {
    var url = in.httpUrl("TOP_UP_URL", URI.create("https://localhost"));
    var loopback = Set.of("localhost", "127.0.0.1", "[::1]");
    if (url.getScheme().equals("http") && !loopback.contains(url.getHost())) {
      in.fault("TOP_UP_URL must begin with https://, or with http:// for this machine.");
    }
    return url;
  }

  private static boolean isSigningSecret(String text) {
    var prefix = "whsec_";
    try {
      var bytes = Base64.getDecoder().decode(text.substring(prefix.length())).length;
      return text.startsWith(prefix) && bytes >= 24 && bytes <= 64;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
  }
}
