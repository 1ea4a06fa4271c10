/** The one source of product time, and the test clock that moves it. */
@NullMarked
package dev.codingplans.plugin.time;

import org.jspecify.annotations.NullMarked;
