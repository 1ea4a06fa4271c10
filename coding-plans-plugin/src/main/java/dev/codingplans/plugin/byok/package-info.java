/** The keys that a user's requests run on: own ones, and those that come with a plan. */
@NullMarked
package dev.codingplans.plugin.byok;

import org.jspecify.annotations.NullMarked;
