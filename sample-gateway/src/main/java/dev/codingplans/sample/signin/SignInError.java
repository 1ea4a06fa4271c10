package dev.codingplans.sample.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why somebody is back at the sign-in page. */
enum SignInError {
  UNAUTHENTICATED("That did not work. What you entered is wrong, or the token has ended."),
  TOKEN_TOO_LONG("This token is longer than browsers can keep. Sign in with a shorter one."),
  UNAVAILABLE("Nobody can be signed in right now. Try again in a moment.");

  private final String sentence;

  SignInError(String sentence) {
    this.sentence = sentence;
  }

  /** Returns the error of a URL; what is none says nothing. */
  static Optional<SignInError> find(@Nullable String code) {
    return Arrays.stream(values()).filter(error -> error.code().equals(code)).findFirst();
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sentence() {
    return sentence;
  }
}
