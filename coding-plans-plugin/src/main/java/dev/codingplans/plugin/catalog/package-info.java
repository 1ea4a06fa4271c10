/** What is sold, and whether it is sold now. */
@NullMarked
package dev.codingplans.plugin.catalog;

import org.jspecify.annotations.NullMarked;
