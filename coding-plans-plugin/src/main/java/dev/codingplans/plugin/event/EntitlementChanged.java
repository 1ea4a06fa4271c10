package dev.codingplans.plugin.event;

import dev.codingplans.gateway.spi.identity.UserId;

/**
 * A transaction of this node changed what the user may use. Told after the commit and before the
 * call returns, so that the user's next request sees it (E4).
 */
public record EntitlementChanged(UserId user) {}
