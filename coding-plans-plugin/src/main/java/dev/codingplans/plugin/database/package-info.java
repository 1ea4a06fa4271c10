/** The way to PostgreSQL: settings, migrations, and how ids are stored. */
@NullMarked
package dev.codingplans.plugin.database;

import org.jspecify.annotations.NullMarked;
