/** What all pages have in common: their frame, forms, texts and assets. */
@NullMarked
package dev.codingplans.plugin.http.pages;

import org.jspecify.annotations.NullMarked;
