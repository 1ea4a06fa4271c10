/** The plugin: what a host starts, and the settings that it reads. */
@NullMarked
package dev.codingplans.plugin;

import org.jspecify.annotations.NullMarked;
