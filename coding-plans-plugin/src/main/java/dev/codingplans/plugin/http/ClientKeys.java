package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.refusal.Refusal.Code.IDEMPOTENCY_KEY_REQUIRED;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.idempotency.IdempotencyKey;
import dev.codingplans.plugin.idempotency.IdempotencyKey.Request;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads the {@code Idempotency-Key} of a request, and what the request is (P7). */
@Singleton
public class ClientKeys {

  /** Fields in a fixed order and without absent ones, so that a later field changes no old key. */
  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private static final String HEADER = "Idempotency-Key";
  public static final String REPLAYED = "Idempotency-Replayed";

  /** Reads a key that the user chose. */
  public IdempotencyKey ofUser(UserId user, HttpRequest<?> request, Object body) {
    return IdempotencyKey.ofUser(user, header(request), canonical(request, body));
  }

  /** Reads a key that an admin chose for something done to the user. */
  public IdempotencyKey ofAdmin(UserId target, HttpRequest<?> request, Object body) {
    return IdempotencyKey.ofAdmin(target, header(request), canonical(request, body));
  }

  /** Reads a key that a form of a page brought along: a form that is sent twice does one thing. */
  public IdempotencyKey ofForm(UserId user, String key, HttpRequest<?> request, Object body) {
    return IdempotencyKey.ofUser(user, key, canonical(request, body));
  }

  /** Reads a key that an admin's form for the user brought along. */
  public IdempotencyKey ofAdminsForm(
      UserId target, String key, HttpRequest<?> request, Object body) {
    return IdempotencyKey.ofAdmin(target, key, canonical(request, body));
  }

  private static String header(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HEADER))
        .filter(key -> !key.isBlank())
        .orElseThrow(
            () ->
                new Refusal(
                    IDEMPOTENCY_KEY_REQUIRED,
                    "Send an Idempotency-Key header, so that a repeat does nothing twice."));
  }

  private static Request canonical(HttpRequest<?> request, Object body) {
    try {
      return new Request(
          request.getMethodName(), request.getUri().getPath(), CANONICAL.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is always JSON again", e);
    }
  }
}
