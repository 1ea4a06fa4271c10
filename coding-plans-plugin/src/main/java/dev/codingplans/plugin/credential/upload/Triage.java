package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.credential.Fingerprint;
import dev.codingplans.plugin.credential.StockIntake;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tells which lines of an upload are worth asking the provider about (I2). */
@Singleton
class Triage {

  private final Vault vault;
  private final StockIntake intake;

  Triage(Vault vault, StockIntake intake) {
    this.vault = vault;
    this.intake = intake;
  }

  Sorted sort(Upload upload) {
    var judged = new ArrayList<Verdict>();
    var candidates = new ArrayList<Candidate>();
    for (int i = 0; i < upload.entries().size(); i++) {
      var line = i + 1;
      UploadEntry.parse(upload.entries().get(i))
          .ifPresentOrElse(
              entry -> candidates.add(candidate(line, entry)),
              () -> judged.add(new Verdict(line, Outcome.MALFORMED)));
    }
    var known = new HashSet<>(knownAmong(candidates));
    var kept = new ArrayList<KeptLine>();
    for (Candidate candidate : candidates) {
      // The first of the same keys counts; from then on it is known.
      if (known.add(candidate.fingerprint())) {
        kept.add(keep(candidate, upload));
      } else {
        judged.add(new Verdict(candidate.line(), Outcome.DUPLICATE));
      }
    }
    return new Sorted(judged, kept);
  }

  private Candidate candidate(int line, UploadEntry entry) {
    return new Candidate(line, entry, Fingerprint.of(vault.fingerprint(entry.key())));
  }

  private Set<Fingerprint> knownAmong(List<Candidate> candidates) {
    return intake.knownAmong(candidates.stream().map(Candidate::fingerprint).toList());
  }

  private KeptLine keep(Candidate candidate, Upload upload) {
    var id = UUID.randomUUID();
    Secret key = candidate.entry().key();
    return new KeptLine(
        candidate.line(),
        id,
        candidate.entry().upstreamPlanId(),
        candidate.fingerprint(),
        vault.encrypt(key, Place.ofUploadLine(id, upload.provider())));
  }

  /** Lines that are done with, and lines to ask about. */
  record Sorted(List<Verdict> judged, List<KeptLine> kept) {}

  private record Candidate(int line, UploadEntry entry, Fingerprint fingerprint) {}
}
