/** The pages of keys: those of providers, and those of the gateway itself. */
@NullMarked
package dev.codingplans.plugin.http.pages.keys;

import org.jspecify.annotations.NullMarked;
