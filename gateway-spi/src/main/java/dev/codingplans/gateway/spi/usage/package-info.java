/** What users have used, as a host measures it and a plugin charges it. */
@NullMarked
package dev.codingplans.gateway.spi.usage;

import org.jspecify.annotations.NullMarked;
