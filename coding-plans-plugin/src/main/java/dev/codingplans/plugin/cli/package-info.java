/** What operators type: the commands of the drop-in jar, which call a gateway over HTTP. */
@NullMarked
package dev.codingplans.plugin.cli;

import org.jspecify.annotations.NullMarked;
