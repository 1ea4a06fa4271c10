/** Passes requests on to the consoles of plugins. */
@NullMarked
package dev.codingplans.sample.mount;

import org.jspecify.annotations.NullMarked;
