/** The quota panel: what is bought at once and used one by one. */
@NullMarked
package dev.codingplans.plugin.http.pages.quota;

import org.jspecify.annotations.NullMarked;
