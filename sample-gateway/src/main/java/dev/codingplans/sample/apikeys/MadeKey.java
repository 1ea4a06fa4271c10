package dev.codingplans.sample.apikeys;

import dev.codingplans.gateway.spi.entitlement.Secret;

/**
 * A key that has just been made.
 *
 * @param text shown this once
 */
record MadeKey(ApiKey key, Secret text) {}
