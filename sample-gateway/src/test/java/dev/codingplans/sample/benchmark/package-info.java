/** What the gateway costs: a program of its own, which prints the tables of BENCHMARKS.md. */
@NullMarked
package dev.codingplans.sample.benchmark;

import org.jspecify.annotations.NullMarked;
