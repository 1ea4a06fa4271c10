/** The one source of product time, the test clock that moves it, and what goes on in real time. */
@NullMarked
package dev.codingplans.plugin.time;

import org.jspecify.annotations.NullMarked;
