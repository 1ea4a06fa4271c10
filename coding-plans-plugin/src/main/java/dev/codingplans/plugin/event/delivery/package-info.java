/** Tells listeners of the host and webhooks of the operator what has happened (F2). */
@NullMarked
package dev.codingplans.plugin.event.delivery;

import org.jspecify.annotations.NullMarked;
