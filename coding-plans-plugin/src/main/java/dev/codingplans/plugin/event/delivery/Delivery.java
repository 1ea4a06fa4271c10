package dev.codingplans.plugin.event.delivery;

import dev.codingplans.gateway.spi.lifecycle.LifecycleEvent;
import java.time.Instant;

/**
 * An event that a listener is to be told of now.
 *
 * @param attempt the number of this attempt; who holds it may record what became of it
 * @param attemptedAt when it was claimed, in real time by the database's clock
 */
record Delivery(long id, int attempt, Instant attemptedAt, LifecycleEvent event) {}
