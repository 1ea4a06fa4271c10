/** Puts everything that is encrypted under another key, while the gateway serves. */
@NullMarked
package dev.codingplans.plugin.vault.rotation;

import org.jspecify.annotations.NullMarked;
