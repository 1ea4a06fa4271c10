/** Runs plugin jars and gives them what the contract promises. */
@NullMarked
package dev.codingplans.sample.plugins;

import org.jspecify.annotations.NullMarked;
