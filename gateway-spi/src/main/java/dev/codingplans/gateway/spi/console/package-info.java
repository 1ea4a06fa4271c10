/** The HTTP API and the pages that a plugin brings and a host mounts. */
@NullMarked
package dev.codingplans.gateway.spi.console;

import org.jspecify.annotations.NullMarked;
