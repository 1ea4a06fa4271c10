/** Shares of balances that nodes have reserved, so that requests need no database. */
@NullMarked
package dev.codingplans.plugin.credit.lease;

import org.jspecify.annotations.NullMarked;
