/** What is to be ended at the providers: the operator's queue, and who empties it by itself. */
@NullMarked
package dev.codingplans.plugin.credential.revocation;

import org.jspecify.annotations.NullMarked;
