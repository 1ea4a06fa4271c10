package dev.codingplans.sample.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.RequestHead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestOriginTest {

  @ParameterizedTest(name = "{0} from {1} to {2}")
  @CsvSource({
    "GET, same-origin, no-cors, true",
    "GET, none, navigate, true",
    "GET, cross-site, navigate, true",
    "GET, same-site, no-cors, false",
    "HEAD, cross-site, cors, false",
    "POST, same-origin, navigate, true",
    "POST, same-site, navigate, false"
  })
  @DisplayName("another site's page can lead to one of ours, and nothing else with the session")
  void embeds(String method, String site, String mode, boolean harmless) {
    var request =
        new RequestHead(
            method, "/", Map.of("sec-fetch-site", List.of(site), "sec-fetch-mode", List.of(mode)));

    assertThat(RequestOrigin.isHarmless(request)).isEqualTo(harmless);
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "https://gw.example, gw.example, false",
    "https://gw.example, gw.example:443, false",
    "https://gw.example:443, GW.example, false",
    "http://gw.example, gw.example:80, false",
    "http://gw.example:8080, gw.example:8080, false",
    "https://gw.example, gw.example:8443, true",
    "http://gw.example, gw.example:443, true",
    "https://evil.example, gw.example, true",
    "https://gw.example.evil, gw.example, true",
    "https://gw.example@evil.example, gw.example, true",
    "null, gw.example, true"
  })
  @DisplayName("a page's origin is foreign unless its host and port are those of the request")
  void comparesHostAndPort(String origin, String host, boolean foreign) {
    var request =
        new RequestHead("POST", "/", Map.of("origin", List.of(origin), "host", List.of(host)));

    assertThat(RequestOrigin.isForeign(request)).isEqualTo(foreign);
  }
}
