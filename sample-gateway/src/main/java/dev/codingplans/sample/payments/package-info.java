/** Collects credit from users who switched automatic top-up on. */
@NullMarked
package dev.codingplans.sample.payments;

import org.jspecify.annotations.NullMarked;
