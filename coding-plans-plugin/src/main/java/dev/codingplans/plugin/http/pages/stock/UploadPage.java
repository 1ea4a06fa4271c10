package dev.codingplans.plugin.http.pages.stock;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credential.upload.UploadLine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How far an upload is, and what to do next. */
record UploadPage(UploadFacts facts, String providerName, String planName) {

  private static final Set<String> GOOD = Set.of("stored", "unverified", "verified");

  static UploadPage of(UploadFacts facts, Catalog catalog) {
    return new UploadPage(
        facts,
        catalog.nameOf(new ProviderId(facts.providerId())),
        catalog.nameOf(new PlanId(facts.planId())));
  }

  int finished() {
    return facts.lines().size();
  }

  /** Returns how many lines there are of each outcome. */
  Map<String, Long> outcomes() {
    return facts.lines().stream()
        .collect(groupingBy(UploadLine::outcome, TreeMap::new, counting()));
  }

  /** Returns the lines that somebody has to look at. */
  List<UploadLine> badLines() {
    return facts.lines().stream().filter(line -> !GOOD.contains(line.outcome())).toList();
  }

  /** Returns the key of what to do next. */
  String next() {
    if (!facts.isDone()) {
      return "stock.upload.next.wait";
    }
    if (facts.dryRun()) {
      return badLines().isEmpty()
          ? "stock.upload.next.dry_run_good"
          : "stock.upload.next.dry_run_bad";
    }
    if (facts.stored() == 0) {
      return "stock.upload.next.nothing";
    }
    if (waitsForApproval()) {
      return "stock.upload.next.approve";
    }
    return badLines().isEmpty() ? "stock.upload.next.good" : "stock.upload.next.some";
  }

  boolean waitsForApproval() {
    return facts.stored() > 0
        && facts.lines().stream().anyMatch(line -> line.outcome().equals("unverified"));
  }

  /** Returns the key of what an outcome means, which depends on what became of the others. */
  String meaning(String outcome) {
    var isGood = outcome.equals("verified") || outcome.equals("unverified");
    if (isGood && !facts.isDone()) {
      return "stock.meaning." + outcome + ".so_far";
    }
    if (isGood && facts.stored() == 0) {
      return "stock.meaning." + outcome + (facts.dryRun() ? ".dry_run" : ".not_stored");
    }
    return "stock.meaning." + outcome;
  }
}
