/** Buying a plan, and what a user holds then. */
@NullMarked
package dev.codingplans.plugin.subscription;

import org.jspecify.annotations.NullMarked;
