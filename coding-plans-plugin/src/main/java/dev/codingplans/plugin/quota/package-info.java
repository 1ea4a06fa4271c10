/** Allowances: units that are paid once and used one by one. */
@NullMarked
package dev.codingplans.plugin.quota;

import org.jspecify.annotations.NullMarked;
