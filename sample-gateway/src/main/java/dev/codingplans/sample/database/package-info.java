/** The PostgreSQL that the gateway runs itself where none is configured. */
@NullMarked
package dev.codingplans.sample.database;

import org.jspecify.annotations.NullMarked;
