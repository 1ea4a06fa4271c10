/** Who sends a request: tokens, their claims, and the roles in them. */
@NullMarked
package dev.codingplans.sample.security;

import org.jspecify.annotations.NullMarked;
