package dev.codingplans.gateway.spi.entitlement;

import dev.codingplans.gateway.spi.identity.UserId;

/** On whose behalf a request is sent. Plans and own keys are personal: no other scope sees them. */
public sealed interface Scope {

  /**
   * A user's own request.
   *
   * @param user who sends it
   */
  record Personal(UserId user) implements Scope {}

  /**
   * A request on behalf of an organisation, a team or the like.
   *
   * @param id the host's name of it
   */
  record Organisation(String id) implements Scope {}

  /** A request of nobody that the host knows. */
  record Anonymous() implements Scope {}
}
