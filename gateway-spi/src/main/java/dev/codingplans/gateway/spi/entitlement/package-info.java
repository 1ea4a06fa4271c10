/** Whose credential serves a request. */
@NullMarked
package dev.codingplans.gateway.spi.entitlement;

import org.jspecify.annotations.NullMarked;
