package dev.codingplans.plugin.window;

import dev.codingplans.plugin.provider.QuotaReading;
import java.time.Instant;

/** What a provider said of a credential's quota, and when. */
record Reading(QuotaReading result, Instant at) {}
