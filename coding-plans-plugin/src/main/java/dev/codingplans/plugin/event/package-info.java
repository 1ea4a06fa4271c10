/** What happened, written in the transaction that caused it. */
@NullMarked
package dev.codingplans.plugin.event;

import org.jspecify.annotations.NullMarked;
