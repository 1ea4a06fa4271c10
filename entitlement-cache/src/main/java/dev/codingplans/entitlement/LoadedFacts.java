package dev.codingplans.entitlement;

/**
 * Facts as they were read from the store.
 *
 * @param facts what is known of the user
 * @param version the transaction id below which every change is contained in the facts: the xmin of
 *     the snapshot they were read in; changes at or above it may be contained or not
 */
public record LoadedFacts(EntitlementFacts facts, long version) {}
