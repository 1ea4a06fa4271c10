package dev.codingplans.plugin.time;

/** An admin moved product time on this node. */
public record ProductTimeMoved() {}
