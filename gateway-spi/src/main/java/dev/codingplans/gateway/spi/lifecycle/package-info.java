/** What a host may decide about the life of a subscription, and hears of it. */
@NullMarked
package dev.codingplans.gateway.spi.lifecycle;

import org.jspecify.annotations.NullMarked;
