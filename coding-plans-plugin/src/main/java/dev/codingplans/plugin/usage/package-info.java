/** What users have used: taken in once, charged once, at the price that their tenure has earned. */
@NullMarked
package dev.codingplans.plugin.usage;

import org.jspecify.annotations.NullMarked;
