/** How usage gets cheaper the longer ago a user first paid. */
@NullMarked
package dev.codingplans.plugin.credit.ladder;

import org.jspecify.annotations.NullMarked;
