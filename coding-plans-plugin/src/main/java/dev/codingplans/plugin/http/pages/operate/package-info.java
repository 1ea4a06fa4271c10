/** What operators see of everybody's subscriptions, of the plugin's work and of the audit log. */
@NullMarked
package dev.codingplans.plugin.http.pages.operate;

import org.jspecify.annotations.NullMarked;
