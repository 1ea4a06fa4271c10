package dev.codingplans.sample.security;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows of the host's secret.
 *
 * @param secret the secret itself, unless {@code GATEWAY_SECRET} holds it
 */
@MappedEntity("host_secret")
record HostSecretRow(@Id boolean onlyRow, @Nullable String secret, String fingerprint) {

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "host secret";
  }
}
