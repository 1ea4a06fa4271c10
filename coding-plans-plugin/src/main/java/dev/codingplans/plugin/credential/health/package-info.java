/** Whether the credentials that serve somebody still do, and who is told when one does not. */
@NullMarked
package dev.codingplans.plugin.credential.health;

import org.jspecify.annotations.NullMarked;
