package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.entitlement.Secret;

/** Finds out of the keys of one upload whether they are what was bought. */
@FunctionalInterface
interface Proof {

  /** Takes its time; many threads may ask. */
  Outcome of(Secret key) throws InterruptedException;
}
