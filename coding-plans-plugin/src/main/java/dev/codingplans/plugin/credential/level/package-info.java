/** How much of each plan is in stock, and who is told when it runs out. */
@NullMarked
package dev.codingplans.plugin.credential.level;

import org.jspecify.annotations.NullMarked;
