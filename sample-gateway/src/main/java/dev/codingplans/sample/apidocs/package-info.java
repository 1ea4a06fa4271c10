/** The description of the whole API: the host's own and that of every mounted console. */
@NullMarked
package dev.codingplans.sample.apidocs;

import org.jspecify.annotations.NullMarked;
