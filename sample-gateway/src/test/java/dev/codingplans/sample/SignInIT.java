package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session at the runnable folder with the drop-in jar")
class SignInIT {

  @TempDir private Path folder;

  @Test
  @DisplayName("F2 opens what its user may open, and leaves its token in no line of the finest log")
  void opensTheConsole() {
    try (var installation =
            new Installation(folder)
                .with("LOGGER_LEVELS_ROOT", "TRACE")
                .with("LOGGER_LEVELS_DEV_CODINGPLANS", "TRACE")
                .with("LOGGER_LEVELS_IO_MICRONAUT", "TRACE");
        var gateway = installation.run()) {
      var client = gateway.awaitServing();
      var token = Given.token("ann", Role.USER, Map.of());

      var signedIn =
          client.send(
              "POST",
              "/login",
              "returnTo=/api/credits&token=" + token,
              "content-type",
              "application/x-www-form-urlencoded",
              "sec-fetch-site",
              "same-origin");
      assertThat(signedIn.statusCode()).isEqualTo(303);
      assertThat(signedIn.headers().firstValue("location")).contains("/api/credits");
      var cookie = signedIn.headers().firstValue("set-cookie").orElseThrow().split(";")[0];

      assertThat(client.get("/api/credits", "cookie", cookie).statusCode()).isEqualTo(200);
      assertThat(client.get("/api/credits").statusCode()).isEqualTo(401);
      assertThat(client.get("/admin/api/users", "cookie", cookie).statusCode()).isEqualTo(403);
      assertThat(switchTopUp(client, cookie, "same-origin")).isEqualTo(200);
      assertThat(switchTopUp(client, cookie, "cross-site")).isEqualTo(401);
      assertThat(client.get("/v1/models", "cookie", cookie).statusCode()).isEqualTo(401);

      var signature = token.substring(token.lastIndexOf('.') + 1);
      assertThat(gateway.output()).contains(" TRACE ").doesNotContain(signature);
    }
  }

  private static int switchTopUp(Client client, String cookie, String site) {
    return client
        .send(
            "PUT",
            "/api/credits/auto-top-up",
            "{\"enabled\":true}",
            "content-type",
            "application/json",
            "cookie",
            cookie,
            "sec-fetch-site",
            site)
        .statusCode();
  }
}
