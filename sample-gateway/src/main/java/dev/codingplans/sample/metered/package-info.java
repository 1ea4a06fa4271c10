/** What requests cost that are sold from credits: at most, and in the end. */
@NullMarked
package dev.codingplans.sample.metered;

import org.jspecify.annotations.NullMarked;
