/** A simulated MiniMax, so that the demo needs no account anywhere. */
@NullMarked
package dev.codingplans.sample.demo.provider;

import org.jspecify.annotations.NullMarked;
