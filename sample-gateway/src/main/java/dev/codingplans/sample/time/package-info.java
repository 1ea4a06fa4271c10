/** The only place that asks the machine for the time. */
@NullMarked
package dev.codingplans.sample.time;

import org.jspecify.annotations.NullMarked;
