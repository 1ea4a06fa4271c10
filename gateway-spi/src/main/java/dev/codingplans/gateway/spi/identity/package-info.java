/** Who sends a request. */
@NullMarked
package dev.codingplans.gateway.spi.identity;

import org.jspecify.annotations.NullMarked;
