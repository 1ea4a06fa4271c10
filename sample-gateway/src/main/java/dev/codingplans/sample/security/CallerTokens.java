package dev.codingplans.sample.security;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.reader.DefaultTokenResolver;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds tokens for the host's own routes as the {@link HostAuthenticator} does for consoles. */
@Singleton
@Replaces(DefaultTokenResolver.class)
final class CallerTokens extends DefaultTokenResolver {

  CallerTokens() {
    super(List.of());
  }

  @Override
  public List<String> resolveTokens(HttpRequest<?> request) {
    return CallerToken.in(RequestHeads.of(request)).stream().toList();
  }
}
