/** What becomes of a user's account as a whole. */
@NullMarked
package dev.codingplans.plugin.account;

import org.jspecify.annotations.NullMarked;
