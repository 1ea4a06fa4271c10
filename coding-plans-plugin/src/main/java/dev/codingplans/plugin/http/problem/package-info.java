/** The one mapping of refusals and failures to answers. */
@NullMarked
package dev.codingplans.plugin.http.problem;

import org.jspecify.annotations.NullMarked;
