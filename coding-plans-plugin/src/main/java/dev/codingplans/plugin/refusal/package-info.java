/** How a use case says no. */
@NullMarked
package dev.codingplans.plugin.refusal;

import org.jspecify.annotations.NullMarked;
