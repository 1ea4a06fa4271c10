package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;

/** A transaction of this node took a credential of the plan out of stock. Told after the commit. */
public record StockTaken(PlanId plan) {}
