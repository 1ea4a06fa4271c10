package dev.codingplans.sample.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/** Signs tokens with the shared secret. */
public final class TokenIssuer {

  private final Secret secret;
  private final Clock clock;

  /** Makes an issuer that signs with the secret. */
  public TokenIssuer(Secret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /** Returns a token that tells who the caller is, for as long as the time to live. */
  public String issue(Caller caller, Duration timeToLive) {
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .subject(caller.user().value())
            .claim("roles", caller.roles().stream().map(Roles::claimed).sorted().toList())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(timeToLive)));
    caller.claims().forEach(claims::claim);
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      token.sign(new MACSigner(secret.revealBytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("A token cannot be signed with this secret.", e);
    }
    return token.serialize();
  }
}
