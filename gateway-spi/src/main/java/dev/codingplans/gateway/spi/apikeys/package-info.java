/** The host's own API keys, for a plugin's page to show. */
@NullMarked
package dev.codingplans.gateway.spi.apikeys;

import org.jspecify.annotations.NullMarked;
