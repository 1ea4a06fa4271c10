package dev.codingplans.sample.signin;

import io.micronaut.core.annotation.Introspected;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody entered who wants to sign in: a token, or a name and a password. */
@Introspected
record SignInForm(
    @Nullable String token,
    @Nullable String username,
    @Nullable String password,
    @Nullable String returnTo) {

  /** Returns the token that was entered or that the password stands for, good or not. */
  Optional<String> token(Optional<Passwords> passwords) {
    return Optional.ofNullable(token)
        .map(String::strip)
        .filter(entered -> !entered.isEmpty())
        .or(() -> passwords.flatMap(this::tokenOfUser));
  }

  private Optional<String> tokenOfUser(Passwords passwords) {
    return username == null || password == null
        ? Optional.empty()
        : passwords.token(username.strip(), password);
  }

  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "sign-in form";
  }
}
