/** What an operator calls. */
@NullMarked
package dev.codingplans.plugin.http.admin;

import org.jspecify.annotations.NullMarked;
