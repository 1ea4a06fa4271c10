package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.settings.JsonObject;
import dev.codingplans.plugin.settings.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint of the operator's that is told of events.
 *
 * @param secrets what a request is signed with: one, or two while the operator changes it
 */
public record WebhookSettings(String name, URI url, List<Secret> secrets, TypeFilter types) {

  private static final String SETTING = "CODING_PLANS_WEBHOOKS";
  private static final int MOST = 20;
  private static final int MOST_PORT = 65_535;
  private static final int MOST_SECRETS = 2;
  private static final String SECRET_PREFIX = "whsec_";
  private static final int LEAST_SECRET_BYTES = 24;
  private static final int MOST_SECRET_BYTES = 64;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  static List<WebhookSettings> readAll(SettingsReader in) {
    var text = in.textOrFile(SETTING);
    if (text.isEmpty()) {
      return List.of();
    }
    var objects = JsonObject.parseAll(SETTING, text.get(), in);
    if (objects.size() > MOST) {
      in.fault(SETTING + ": $: there may be at most " + MOST + ".");
    }
    var names = new HashSet<String>();
    var webhooks = new ArrayList<WebhookSettings>();
    for (JsonObject each : objects) {
      webhook(each, names).ifPresent(webhooks::add);
    }
    return List.copyOf(webhooks);
  }

  private static Optional<WebhookSettings> webhook(JsonObject in, Set<String> names) {
    in.allow(List.of("name", "url", "secret", "types"));
    var name = in.id("name");
    name.filter(n -> !names.add(n))
        .ifPresent(n -> in.fault("name", "another webhook has the name " + n));
    var url = in.text("url").flatMap(text -> url(text, in));
    var secrets = in.text("secret").map(text -> secrets(text, in)).orElse(List.of());
    var types = types(in);
    if (name.isEmpty() || url.isEmpty() || secrets.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new WebhookSettings(name.get(), url.get(), secrets, types));
  }

  /** Never quotes the URL, which may hold a secret itself. */
  private static Optional<URI> url(String text, JsonObject in) {
    try {
      var url = new URI(text);
      var fault = faultOf(url);
      fault.ifPresent(what -> in.fault("url", what));
      return fault.isEmpty() ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      in.fault("url", "it is no URL");
      return Optional.empty();
    }
  }

  private static Optional<String> faultOf(URI url) {
    var host = Optional.ofNullable(url.getHost()).map(h -> h.toLowerCase(Locale.ROOT)).orElse("");
    if (url.getRawUserInfo() != null) {
      return Optional.of("it must not hold credentials, which would not be sent");
    }
    if (host.isEmpty() || url.getPort() > MOST_PORT || url.getRawFragment() != null) {
      return Optional.of("it must have a host, a port that exists if any, and no fragment");
    }
    var secure = "https".equalsIgnoreCase(url.getScheme());
    var local = "http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.contains(host);
    return secure || local
        ? Optional.empty()
        : Optional.of("it must begin with https://, or with http:// for this machine");
  }

  private static List<Secret> secrets(String text, JsonObject in) {
    var secrets = List.of(text.strip().split(" +"));
    if (secrets.size() > MOST_SECRETS || !secrets.stream().allMatch(WebhookSettings::isSecret)) {
      in.fault(
          "secret",
          "it must be whsec_ and the base64 of 24 to 64 bytes, or two such with a space between");
      return List.of();
    }
    return secrets.stream().map(Secret::of).toList();
  }

  private static boolean isSecret(String text) {
    if (!text.startsWith(SECRET_PREFIX)) {
      return false;
    }
    try {
      var bytes = Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length())).length;
      return bytes >= LEAST_SECRET_BYTES && bytes <= MOST_SECRET_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static TypeFilter types(JsonObject in) {
    var patterns = in.texts("types");
    if (!patterns.stream().allMatch(TypeFilter::isPattern)) {
      in.fault(
          "types",
          "each must name an event, as subscription.renewed, or a group, as subscription.*");
    }
    return patterns.isEmpty() ? TypeFilter.ALL : new TypeFilter(patterns);
  }

  /** Without the URL, which may hold a secret. */
  @Override
  public String toString() {
    return "webhook " + name;
  }
}
