/** What the operator's payment service tells: payments, and refunds of them. */
@NullMarked
package dev.codingplans.plugin.payment;

import org.jspecify.annotations.NullMarked;
