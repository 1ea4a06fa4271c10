/** Uploads: jobs that prove credentials at their provider and store them. */
@NullMarked
package dev.codingplans.plugin.credential.upload;

import org.jspecify.annotations.NullMarked;
