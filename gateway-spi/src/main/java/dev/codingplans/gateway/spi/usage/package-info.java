/** What a host's users use beside their plans, and how it is paid. */
@NullMarked
package dev.codingplans.gateway.spi.usage;

import org.jspecify.annotations.NullMarked;
