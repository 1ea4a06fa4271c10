package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.credential.StockCount;
import java.util.List;
import java.util.Map;

/**
 * All that the console shows at once.
 *
 * @param waiting how many users wait, by plan
 * @param salesStates of the plans of which something was said
 */
record StockFacts(
    List<StockCount> counts,
    Map<String, Long> waiting,
    Map<String, String> salesStates,
    List<RevocationRow> revocations) {}
