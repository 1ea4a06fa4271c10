/** Remembers which request a client's key stood for, so that a repeat does nothing more. */
@NullMarked
package dev.codingplans.plugin.idempotency;

import org.jspecify.annotations.NullMarked;
