/** The subscription center: balance, subscriptions, plans to buy, and the quota panel. */
@NullMarked
package dev.codingplans.plugin.http.pages.center;

import org.jspecify.annotations.NullMarked;
