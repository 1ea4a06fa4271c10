package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("With the keys of an identity provider")
class PublishedKeysTest {

  private static final JWTClaimsSet ANN =
      new JWTClaimsSet.Builder()
          .subject("ann")
          .claim("roles", List.of("ROLE_USER"))
          .expirationTime(new Date(4_102_444_800_000L))
          .build();

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "a token is good if the provider signed it, and never if its public key was the secret")
  void acceptsTheProvidersTokens() throws Exception {
    StubPluginJar.writeTo(folder);
    var key = new RSAKeyGenerator(2048).keyID("one").generate();
    var stranger = new RSAKeyGenerator(2048).keyID("one").generate();
    var provider = publish(key);
    var settings = Given.settings(folder);
    settings.remove("jwt.secret");
    settings.put("jwt.jwks-url", "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys");

    try (var gateway = Given.gateway(false, settings)) {
      var client = new Client(gateway.address());
      assertThat(whoami(client, sign(JWSAlgorithm.RS256, new RSASSASigner(key))))
          .isEqualTo("ann [USER] null");
      assertThat(whoami(client, sign(JWSAlgorithm.RS256, new RSASSASigner(stranger))))
          .isEqualTo("nobody");
      var publicKey = key.toRSAPublicKey().getEncoded();
      assertThat(whoami(client, sign(JWSAlgorithm.HS256, new MACSigner(publicKey))))
          .isEqualTo("nobody");
    } finally {
      provider.stop(0);
    }
  }

  @Test
  @DisplayName("nobody can be told from anybody while they cannot be loaded, and that is said")
  void saysThatKeysAreMissing() throws Exception {
    var key = new RSAKeyGenerator(2048).keyID("one").generate();
    var provider = publish(key);
    var address = "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys";
    provider.stop(0);
    var settings = Given.settings(folder);
    settings.remove("jwt.secret");
    settings.put("jwt.jwks-url", address);

    try (var gateway = Given.gateway(false, settings)) {
      var client = new Client(gateway.address());
      var bearer = "Bearer " + sign(JWSAlgorithm.RS256, new RSASSASigner(key));

      var refused = client.get("/v1/models", "authorization", bearer);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("unavailable");
      assertThat(client.get("/v1/models").statusCode()).isEqualTo(401);
      assertThat(client.get("/health", "authorization", bearer).body())
          .isEqualTo("{\"status\":\"UP\"}");
    }
  }

  private static HttpServer publish(RSAKey key) throws Exception {
    var keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    var provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    provider.start();
    return provider;
  }

  private static String sign(JWSAlgorithm algorithm, JWSSigner signer) throws Exception {
    var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), ANN);
    token.sign(signer);
    return token.serialize();
  }

  private static String whoami(Client client, String token) {
    return client.get("/api/whoami", "authorization", "Bearer " + token).body();
  }
}
