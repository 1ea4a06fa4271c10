/**
 * What providers are asked about their credentials: an interface per ability, and the one client.
 */
@NullMarked
package dev.codingplans.plugin.provider;

import org.jspecify.annotations.NullMarked;
