/**
 * A gateway in a few pages, without a framework and with libraries of its own: the example for the
 * author of a host. It is started as a process of its own.
 */
@NullMarked
package dev.codingplans.host;

import org.jspecify.annotations.NullMarked;
