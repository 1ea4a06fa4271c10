/** What others call without a user's credentials, with a signature instead. */
@NullMarked
package dev.codingplans.plugin.http.webhooks;

import org.jspecify.annotations.NullMarked;
