package dev.codingplans.plugin.credit.lease;

/**
 * How a lease is to grow.
 *
 * @param need by how much; negative gives back
 * @param ahead by how much more, if there is plenty
 */
public record Wish(long need, long ahead) {}
