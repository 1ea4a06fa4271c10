package dev.codingplans.sample.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.RequestHead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCookieTest {

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "localhost:8080, http, false",
    "LOCALHOST, http, false",
    "127.0.0.1:8080, http, false",
    "127.1.2.3, http, false",
    "[::1]:8080, http, false",
    "localhost, https, true",
    "gw.example, http, true",
    "gw.example, https, true",
    "127.0.0.1.evil.example, http, true",
    "localhost.evil.example, http, true"
  })
  @DisplayName("goes over encrypted connections only, but on this machine")
  void isSecure(String host, String scheme, boolean secure) {
    var request =
        new RequestHead(
            "POST", "/", Map.of("host", List.of(host), "x-forwarded-proto", List.of(scheme)));
    var cookie = SessionCookie.of("a.b.c", Duration.ofHours(1), request);

    assertThat(cookie.isSecure()).isEqualTo(secure);
    assertThat(cookie.getName()).isEqualTo(secure ? "__Host-gateway-session" : "gateway-session");
    assertThat(SessionCookie.isKept(request)).isEqualTo(scheme.equals("https") || !secure);
  }
}
