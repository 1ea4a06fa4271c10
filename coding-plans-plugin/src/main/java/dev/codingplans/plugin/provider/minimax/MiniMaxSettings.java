package dev.codingplans.plugin.provider.minimax;

import dev.codingplans.plugin.settings.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Where MiniMax is reached, by the gateway and by the plugin.
 *
 * @param baseUrl what the paths of calls are added to; it does not end in a slash
 */
public record MiniMaxSettings(URI baseUrl) {

  private static final String BASE_URL = "MINIMAX_BASE_URL";
  private static final URI DEFAULT = URI.create("https://api.minimax.io");
  private static final Set<String> SCHEMES = Set.of("https", "http");

  public static MiniMaxSettings read(SettingsReader in) {
    return new MiniMaxSettings(in.text(BASE_URL).map(text -> baseUrl(text, in)).orElse(DEFAULT));
  }

  URI call(String path) {
    return URI.create(baseUrl + path);
  }

  private static URI baseUrl(String text, SettingsReader in) {
    var url = parse(text.replaceFirst("/+$", ""));
    if (url.isEmpty()) {
      in.fault(
          BASE_URL + ": it must be an http or https URL without credentials, query or fragment.");
    }
    return url.orElse(DEFAULT);
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text))
          .filter(url -> url.getScheme() != null && SCHEMES.contains(url.getScheme()))
          .filter(url -> url.getHost() != null && url.getRawUserInfo() == null)
          .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
