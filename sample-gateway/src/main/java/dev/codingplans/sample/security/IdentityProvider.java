package dev.codingplans.sample.security;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.HttpClientConfiguration;
import io.micronaut.http.client.HttpClientRegistry;
import io.micronaut.security.token.jwt.signature.jwks.HttpClientJwksClient;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Loads the keys of the identity provider. If they cannot be loaded it fails, where the framework
 * would go on without a key and find every token bad.
 */
@Singleton
@Replaces(HttpClientJwksClient.class)
final class IdentityProvider extends HttpClientJwksClient {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);

  IdentityProvider(
      BeanContext beans,
      HttpClientRegistry<HttpClient> clients,
      HttpClientConfiguration configuration) {
    super(beans, clients, configuration);
  }

  @Override
  public Publisher<String> load(@Nullable String providerName, String url) {
    return Mono.from(getClient(providerName).retrieve(url))
        .doOnError(
            failure -> LOG.warn("The identity provider gives no keys: {}", failure.toString()));
  }
}
