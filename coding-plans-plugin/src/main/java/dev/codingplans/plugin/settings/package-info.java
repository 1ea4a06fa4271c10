/** Reads settings and collects everything that is wrong with them. */
@NullMarked
package dev.codingplans.plugin.settings;

import org.jspecify.annotations.NullMarked;
