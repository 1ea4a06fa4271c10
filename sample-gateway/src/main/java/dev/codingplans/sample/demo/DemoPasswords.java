package dev.codingplans.sample.demo;

import dev.codingplans.sample.signin.Passwords;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Knows the demo's users by their passwords, which are their names. */
@Singleton
@Requires(property = Demo.FLAG, value = "true")
final class DemoPasswords implements Passwords {

  private final DemoTokens tokens;

  DemoPasswords(DemoTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Optional<String> token(String user, String password) {
    return DemoUser.find(user).filter(found -> found.id().equals(password)).map(tokens::of);
  }

  @Override
  public List<Login> logins() {
    return Arrays.stream(DemoUser.values())
        .map(user -> new Login(user.id(), user.description()))
        .toList();
  }
}
