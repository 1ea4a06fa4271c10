package dev.codingplans.plugin.account;

import dev.codingplans.gateway.spi.identity.Caller;
import io.micronaut.core.propagation.PropagatedContextElement;

/** Who sends the request that is being handled, for what is done to the caller's own account. */
public record RequestCaller(Caller caller) implements PropagatedContextElement {}
