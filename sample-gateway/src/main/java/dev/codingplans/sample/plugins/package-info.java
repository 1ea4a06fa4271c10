/** The plugins that are dropped into this gateway. */
@NullMarked
package dev.codingplans.sample.plugins;

import org.jspecify.annotations.NullMarked;
