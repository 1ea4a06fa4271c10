/** What a customer calls. */
@NullMarked
package dev.codingplans.plugin.http.customer;

import org.jspecify.annotations.NullMarked;
