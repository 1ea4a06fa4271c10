/** What a plugin sells, as far as a host may show it. */
@NullMarked
package dev.codingplans.gateway.spi.catalog;

import org.jspecify.annotations.NullMarked;
