/**
 * Secrets at rest: encryption under a keyset, fingerprints, and the canary that knows the right
 * keyset.
 */
@NullMarked
package dev.codingplans.plugin.vault;

import org.jspecify.annotations.NullMarked;
