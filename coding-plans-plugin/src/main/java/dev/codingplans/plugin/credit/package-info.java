/** Users' balances and the ledger that explains them. */
@NullMarked
package dev.codingplans.plugin.credit;

import org.jspecify.annotations.NullMarked;
