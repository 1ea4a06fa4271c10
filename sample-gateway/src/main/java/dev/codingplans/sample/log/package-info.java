/** How the gateway's log is written where the logging library alone would cost too much. */
@NullMarked
package dev.codingplans.sample.log;

import org.jspecify.annotations.NullMarked;
