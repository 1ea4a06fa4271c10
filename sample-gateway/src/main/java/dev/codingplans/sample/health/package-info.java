/** What the gateway tells about its own health. */
@NullMarked
package dev.codingplans.sample.health;

import org.jspecify.annotations.NullMarked;
