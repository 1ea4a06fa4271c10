package dev.codingplans.sample.demo;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The log-ins of the demo; everybody's password is the name. */
enum DemoUser {
  FUNDED("funded", 200, true, "$200, identity checked"),
  OWN_KEY("own-key", 200, true, "the same, and an own MiniMax key, switched off"),
  LOW("low", 10, false, "$10, less than any MiniMax plan costs"),
  EMPTY("empty", 0, false, "nothing, identity not checked"),
  ADMIN("admin", 0, false, "operates the plugin");

  private final String id;
  private final long dollars;
  private final boolean kycPassed;
  private final String description;

  DemoUser(String id, long dollars, boolean kycPassed, String description) {
    this.id = id;
    this.dollars = dollars;
    this.kycPassed = kycPassed;
    this.description = description;
  }

  static Optional<DemoUser> find(String id) {
    return Arrays.stream(values()).filter(user -> user.id.equals(id)).findFirst();
  }

  String id() {
    return id;
  }

  long dollars() {
    return dollars;
  }

  String description() {
    return description;
  }

  Caller caller() {
    return new Caller(new UserId(id), roles(), kycPassed ? Map.of("kyc", "passed") : Map.of());
  }

  private Set<Caller.Role> roles() {
    return this == ADMIN ? Set.of(Caller.Role.USER, Caller.Role.ADMIN) : Set.of(Caller.Role.USER);
  }
}
