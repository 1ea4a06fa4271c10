/** What the gateway is configured with: read once, checked as a whole, logged without secrets. */
@NullMarked
package dev.codingplans.sample.settings;

import org.jspecify.annotations.NullMarked;
