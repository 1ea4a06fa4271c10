/** The provider's own rolling limits, as the owner of a subscription sees them. */
@NullMarked
package dev.codingplans.plugin.window;

import org.jspecify.annotations.NullMarked;
