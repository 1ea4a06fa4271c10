/** Where people sign in and out with a browser. */
@NullMarked
package dev.codingplans.sample.signin;

import org.jspecify.annotations.NullMarked;
