package dev.codingplans.plugin.credential.revocation;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import java.util.UUID;

/**
 * A credential that its provider is to be asked to end now.
 *
 * @param attempt the right to record what came of it: only the newest has it
 */
record DueRevocation(
    UUID id, ProviderId provider, String planId, String upstreamPlanId, int attempt) {}
