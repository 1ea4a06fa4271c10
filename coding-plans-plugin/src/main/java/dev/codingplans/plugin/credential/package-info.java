/** The operator's stock of provider credentials. */
@NullMarked
package dev.codingplans.plugin.credential;

import org.jspecify.annotations.NullMarked;
