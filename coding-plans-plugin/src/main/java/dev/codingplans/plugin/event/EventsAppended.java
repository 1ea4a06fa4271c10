package dev.codingplans.plugin.event;

/** A transaction of this node has queued events. Told after the commit. */
public record EventsAppended() {}
