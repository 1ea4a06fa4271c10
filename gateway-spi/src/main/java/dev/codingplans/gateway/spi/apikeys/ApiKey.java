package dev.codingplans.gateway.spi.apikeys;

import java.time.Instant;
import java.util.Optional;

/**
 * An API key of the host's, as its user sees it in a list: without its text.
 *
 * @param id the host's own, opaque to a plugin; safe in a path of a URL
 * @param name what the user calls it, if anything
 * @param prefix the first characters of its text, by which the user recognises it
 * @param lastUsedAt when it was last used, as exactly as the host keeps that; empty if never
 */
public record ApiKey(
    String id,
    Optional<String> name,
    String prefix,
    Instant createdAt,
    Optional<Instant> lastUsedAt) {}
