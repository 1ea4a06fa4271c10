/** Credits that are set aside for requests, from leases in memory (M1). */
@NullMarked
package dev.codingplans.plugin.usage.hold;

import org.jspecify.annotations.NullMarked;
