/** The operator's console: stock, upload, sales states and what is to be revoked. */
@NullMarked
package dev.codingplans.plugin.http.pages.stock;

import org.jspecify.annotations.NullMarked;
