/** The page of one subscription: what it costs, how long it lasts, and what is left of it. */
@NullMarked
package dev.codingplans.plugin.http.pages.detail;

import org.jspecify.annotations.NullMarked;
