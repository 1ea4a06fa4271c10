/** What admins did, kept for as long as the operator wants. */
@NullMarked
package dev.codingplans.plugin.audit;

import org.jspecify.annotations.NullMarked;
