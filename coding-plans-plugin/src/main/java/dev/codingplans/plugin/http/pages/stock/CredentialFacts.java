package dev.codingplans.plugin.http.pages.stock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential that something is to be decided about.
 *
 * @param upstreamPlanId how the provider knows it; only while it is to be revoked (V3)
 */
record CredentialFacts(
    UUID id, String providerId, String planId, String status, @Nullable String upstreamPlanId) {}
