/** The gateway's command line and the order in which it starts and stops. */
@NullMarked
package dev.codingplans.sample;

import org.jspecify.annotations.NullMarked;
