/** MiniMax, as far as its credentials are sold. */
@NullMarked
package dev.codingplans.plugin.provider.minimax;

import org.jspecify.annotations.NullMarked;
