/** Loads what is known of a user for the request path, and follows the changes. */
@NullMarked
package dev.codingplans.plugin.entitlement;

import org.jspecify.annotations.NullMarked;
