/** What operators do that concerns more than one part: proving that the books are right. */
@NullMarked
package dev.codingplans.plugin.admin;

import org.jspecify.annotations.NullMarked;
