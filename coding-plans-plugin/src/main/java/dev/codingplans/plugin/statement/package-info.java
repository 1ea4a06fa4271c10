/** What moved a user's balance, and what each movement was for. */
@NullMarked
package dev.codingplans.plugin.statement;

import org.jspecify.annotations.NullMarked;
