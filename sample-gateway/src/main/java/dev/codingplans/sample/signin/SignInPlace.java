package dev.codingplans.sample.signin;

import dev.codingplans.gateway.spi.identity.SignIn;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Tells plugins where to send a browser that shows no valid credential. */
@Factory
final class SignInPlace {

  static final String SIGN_IN = "/login";
  static final String SIGN_OUT = "/logout";

  @Singleton
  SignIn signIn() {
    return new SignIn(SIGN_IN, SIGN_OUT);
  }
}
