package dev.codingplans.sample.signin;

import java.util.List;
import java.util.Optional;

/** Knows users by a password. Only the demo has such users. */
public interface Passwords {

  /** Returns a token for the user, or empty if the password is not the user's. */
  Optional<String> token(String user, String password);

  /** Returns who can be tried; everybody's password is the name. */
  List<Login> logins();

  /**
   * Somebody who can be tried.
   *
   * @param description what there is to see
   */
  record Login(String name, String description) {}
}
