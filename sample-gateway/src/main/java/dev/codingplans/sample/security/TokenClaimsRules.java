package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What a token must claim beside its signature: an end, and a well-formed user id. */
@Singleton
final class TokenClaimsRules implements GenericJwtClaimsValidator<HttpRequest<?>> {

  @Override
  public boolean validate(Claims claims, @Nullable HttpRequest<?> request) {
    return claims.get(Claims.EXPIRATION_TIME) != null
        && claims.get(Claims.SUBJECT) instanceof String user
        && UserId.isWellFormed(user);
  }
}
