/** Writes down what admins do, and what they tried in vain. */
@NullMarked
package dev.codingplans.plugin.http.audit;

import org.jspecify.annotations.NullMarked;
