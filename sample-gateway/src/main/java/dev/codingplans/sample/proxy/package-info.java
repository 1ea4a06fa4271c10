/**
 * The inference proxy: authenticates a request, asks whose credential serves it, and forwards it.
 */
@NullMarked
package dev.codingplans.sample.proxy;

import org.jspecify.annotations.NullMarked;
