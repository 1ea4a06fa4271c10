/** What a plugin implements, what it is given by the host, and what it hands over to the host. */
@NullMarked
package dev.codingplans.gateway.spi;

import org.jspecify.annotations.NullMarked;
