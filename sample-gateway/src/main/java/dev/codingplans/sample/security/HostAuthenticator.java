package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.RequestHead;
import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.jwt.validator.ReactiveJsonWebTokenValidator;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells who sends a request by its {@link CallerToken}. */
@Singleton
public final class HostAuthenticator implements Authenticator {

  private final ReactiveJsonWebTokenValidator<?, HttpRequest<?>> tokens;

  HostAuthenticator(ReactiveJsonWebTokenValidator<?, HttpRequest<?>> tokens) {
    this.tokens = tokens;
  }

  @Override
  public CompletionStage<Optional<Caller>> authenticate(RequestHead request) {
    var token = CallerToken.in(request);
    return token.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : authenticate(token.get());
  }

  /** Tells whose token it is. */
  public CompletionStage<Optional<Caller>> authenticate(String token) {
    return Mono.from(tokens.validateToken(token, null))
        .map(authentication -> Optional.of(caller(authentication)))
        .defaultIfEmpty(Optional.empty())
        .toFuture();
  }

  private static Caller caller(Authentication authentication) {
    return new Caller(
        new UserId(authentication.getName()),
        roles(authentication),
        claims(authentication.getAttributes()));
  }

  private static Set<Caller.Role> roles(Authentication authentication) {
    return Arrays.stream(Caller.Role.values())
        .filter(role -> authentication.getRoles().contains(Roles.claimed(role)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Caller.Role.class)));
  }

  /** The single-valued claims as text, times as ISO-8601. */
  private static Map<String, String> claims(Map<String, Object> attributes) {
    return attributes.entrySet().stream()
        .flatMap(
            claim -> text(claim.getValue()).map(text -> Map.entry(claim.getKey(), text)).stream())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Optional<String> text(@Nullable Object value) {
    return switch (value) {
      case String text -> Optional.of(text);
      case Number number -> Optional.of(number.toString());
      case Boolean flag -> Optional.of(flag.toString());
      case Date date -> Optional.of(date.toInstant().toString());
      case null, default -> Optional.empty();
    };
  }
}
