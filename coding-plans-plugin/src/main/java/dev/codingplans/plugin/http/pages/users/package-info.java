/** The operator's pages of users and of what they have allocated. */
@NullMarked
package dev.codingplans.plugin.http.pages.users;

import org.jspecify.annotations.NullMarked;
