/** The request path: whose credential serves a request, answered from memory. */
@NullMarked
package dev.codingplans.entitlement;

import org.jspecify.annotations.NullMarked;
