package dev.codingplans.sample.stub;

import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.apikeys.ApiKeys.Creation;
import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does with the host's API keys what it is told, for the user {@code ann}. */
final class StubKeys {

  private static final UserId ANN = new UserId("ann");

  private final ApiKeys keys;

  StubKeys(ApiKeys keys) {
    this.keys = keys;
  }

  String answer(String method, String body) {
    return switch (method) {
      case "POST" -> create(Optional.of(body).filter(name -> !name.isEmpty()));
      case "DELETE" -> String.valueOf(keys.revoke(ANN, body));
      default ->
          keys.list(ANN).stream()
              .map(key -> key.id() + " " + key.name().orElse("-") + " " + key.prefix())
              .collect(Collectors.joining("\n"));
    };
  }

  private String create(Optional<String> name) {
    return switch (keys.create(ANN, name)) {
      case Creation.Created made -> made.key().id() + " " + made.secret().reveal() + " " + made;
      case Creation.Refused refused -> refused.reason() + " " + refused.detail();
    };
  }
}
