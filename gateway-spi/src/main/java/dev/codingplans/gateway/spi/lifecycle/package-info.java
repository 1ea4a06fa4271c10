/** What a host may decide about the life of a subscription. */
@NullMarked
package dev.codingplans.gateway.spi.lifecycle;

import org.jspecify.annotations.NullMarked;
