package dev.codingplans.plugin.credential;

import io.micronaut.core.annotation.Introspected;

/** How many credentials of a plan are in one state (I7). */
@Introspected
public record StockCount(String providerId, String planId, String status, long count) {}
