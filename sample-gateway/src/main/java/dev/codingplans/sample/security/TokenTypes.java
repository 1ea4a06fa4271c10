package dev.codingplans.sample.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWT;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.validator.JsonWebTokenParser;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;

/**
 * Lets nobody in with a token that was signed for something else (RFC 8725, 3.11): whoever shares
 * the keys may sign log-outs and proofs of possession, too.
 */
@Singleton
final class TokenTypes implements BeanCreatedEventListener<JsonWebTokenParser<JWT>> {

  private static final Set<JOSEObjectType> OF_ACCESS =
      Set.of(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"));

  @Override
  public JsonWebTokenParser<JWT> onCreated(BeanCreatedEvent<JsonWebTokenParser<JWT>> event) {
    return new OfAccess(event.getBean());
  }

  private record OfAccess(JsonWebTokenParser<JWT> all) implements JsonWebTokenParser<JWT> {

    @Override
    public Optional<JWT> parse(String token) {
      return all.parse(token).filter(TokenTypes::isOfAccess).filter(TokenTypes::isReadable);
    }

    @Override
    public Optional<Claims> parseClaims(String token) {
      return parse(token).flatMap(parsed -> all.parseClaims(token));
    }
  }

  /** Many signers leave the type out. */
  private static boolean isOfAccess(JWT token) {
    var type = token.getHeader().getType();
    return type == null || OF_ACCESS.contains(type);
  }

  /** The framework takes claims that are none for a failure of its own, and logs it as one. */
  private static boolean isReadable(JWT token) {
    try {
      return token.getJWTClaimsSet() != null;
    } catch (ParseException e) {
      return false;
    }
  }
}
