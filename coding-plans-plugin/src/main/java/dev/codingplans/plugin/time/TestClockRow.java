package dev.codingplans.plugin.time;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** How far product time has been moved. */
@MappedEntity("test_clock")
record TestClockRow(@Id boolean onlyRow, long advancedSeconds) {}
