/** The demo: log-ins, stock and money to try everything without a real provider. */
@NullMarked
package dev.codingplans.sample.demo;

import org.jspecify.annotations.NullMarked;
