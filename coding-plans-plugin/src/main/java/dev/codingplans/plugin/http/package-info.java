/** The plugin's own HTTP server: who calls, with which key, and a page at a time. */
@NullMarked
package dev.codingplans.plugin.http;

import org.jspecify.annotations.NullMarked;
