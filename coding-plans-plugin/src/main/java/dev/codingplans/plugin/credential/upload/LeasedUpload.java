package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.credential.upload.Upload.Mode;
import java.util.UUID;

/**
 * An upload that is this node's to bring to its end, until another node gets a later lease.
 *
 * @param lease counts from 1; who holds another one than the newest has nothing to say any more
 */
record LeasedUpload(
    UUID id, int lease, ProviderId provider, PlanId plan, Mode mode, boolean dryRun) {}
