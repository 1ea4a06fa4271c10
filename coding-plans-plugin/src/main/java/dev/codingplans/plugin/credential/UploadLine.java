package dev.codingplans.plugin.credential;

import io.micronaut.core.annotation.Introspected;

/**
 * What became of one line of an upload.
 *
 * @param line counts from 1
 */
@Introspected
public record UploadLine(int line, String outcome) {}
