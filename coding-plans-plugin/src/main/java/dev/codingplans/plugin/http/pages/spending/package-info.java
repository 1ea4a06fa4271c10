/** The pages of what a user has used, and of what moved the balance. */
@NullMarked
package dev.codingplans.plugin.http.pages.spending;

import org.jspecify.annotations.NullMarked;
