package dev.codingplans.plugin.credential.upload;

/**
 * What was found out about one line.
 *
 * @param line counts from 1
 */
record Verdict(int line, Outcome outcome) {}
