package dev.codingplans.plugin.credential;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Fills the stock from what an admin uploads, and tells what became of each line (I1 to I3). */
@Singleton
public class Uploads {

  private final Catalog catalog;
  private final CredentialRepository credentials;
  private final UploadRepository uploads;
  private final Vault vault;
  private final TimeSource time;
  private final List<StockListener> listeners;

  Uploads(
      Catalog catalog,
      CredentialRepository credentials,
      UploadRepository uploads,
      Vault vault,
      TimeSource time,
      List<StockListener> listeners) {
    this.catalog = catalog;
    this.credentials = credentials;
    this.uploads = uploads;
    this.vault = vault;
    this.time = time;
    this.listeners = listeners;
  }

  /** Takes an upload and returns its id. */
  @Transactional
  public UUID take(Upload upload) {
    requirePlanOf(upload);
    credentials.lockUploads();
    var lines = judge(upload);
    if (upload.storesGiven(lines.stream().map(Line::outcome).toList())) {
      var now = time.now();
      lines.forEach(line -> line.entry().ifPresent(entry -> store(upload, entry, now)));
      listeners.forEach(listener -> listener.onStockAdded(upload.plan(), now));
      lines = lines.stream().map(Line::stored).toList();
    }
    return record(upload, lines);
  }

  /** Returns how an upload went. */
  public Progress progressOf(UUID id) {
    var upload =
        uploads.find(id).orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such upload."));
    return new Progress(id, upload.state(), uploads.lines(id));
  }

  private void requirePlanOf(Upload upload) {
    var plan =
        catalog
            .findCredentialPlan(upload.plan())
            .orElseThrow(
                () ->
                    new Refusal(
                        UNKNOWN_PLAN, "There is no credential plan " + upload.plan() + "."));
    if (!plan.providerId().equals(upload.provider())) {
      throw Refusal.invalid("planId", "it is a plan of provider " + plan.providerId());
    }
  }

  private List<Line> judge(Upload upload) {
    Set<String> seen = new HashSet<>();
    List<Line> lines = new ArrayList<>();
    for (Secret text : upload.entries()) {
      lines.add(UploadEntry.parse(text).map(entry -> judge(entry, seen)).orElse(Line.MALFORMED));
    }
    return lines;
  }

  private Line judge(UploadEntry entry, Set<String> seen) {
    var fingerprint = vault.fingerprint(entry.key());
    return seen.add(HexFormat.of().formatHex(fingerprint)) && !credentials.isKnown(fingerprint)
        ? new Line(Outcome.VERIFIED, Optional.of(entry))
        : Line.DUPLICATE;
  }

  private void store(Upload upload, UploadEntry entry, Instant now) {
    var id = UUID.randomUUID();
    credentials.add(
        id,
        upload.provider(),
        upload.plan(),
        entry.upstreamPlanId(),
        vault.fingerprint(entry.key()),
        vault.encrypt(entry.key(), Place.ofCredential(id, upload.provider())),
        now);
  }

  private UUID record(Upload upload, List<Line> lines) {
    var id = UUID.randomUUID();
    uploads.add(
        id,
        upload.provider(),
        upload.plan(),
        upload.mode().name().toLowerCase(Locale.ROOT),
        upload.dryRun());
    for (int i = 0; i < lines.size(); i++) {
      uploads.addLine(id, i + 1, lines.get(i).outcome().code());
    }
    return id;
  }

  /** A line and what is to become of it. */
  private record Line(Outcome outcome, Optional<UploadEntry> entry) {

    static final Line MALFORMED = new Line(Outcome.MALFORMED, Optional.empty());
    static final Line DUPLICATE = new Line(Outcome.DUPLICATE, Optional.empty());

    Line stored() {
      return entry.isPresent() ? new Line(Outcome.STORED, entry) : this;
    }
  }

  /** Credentials of one plan, and how to treat them. */
  public record Upload(
      ProviderId provider, PlanId plan, List<Secret> entries, Mode mode, boolean dryRun) {

    boolean storesGiven(List<Outcome> outcomes) {
      return !dryRun
          && (mode == Mode.PARTIAL || outcomes.stream().allMatch(Outcome.VERIFIED::equals));
    }
  }

  /** Whether one bad line keeps the good ones from being stored. */
  public enum Mode {
    /** It does. */
    ALL_OR_NOTHING,
    /** It does not. */
    PARTIAL
  }

  /** How an upload went. */
  public record Progress(UUID id, String state, List<UploadLine> lines) {

    public long verified() {
      return count(Outcome.VERIFIED) + stored();
    }

    public long stored() {
      return count(Outcome.STORED);
    }

    private long count(Outcome outcome) {
      return lines.stream().filter(line -> line.outcome().equals(outcome.code())).count();
    }
  }
}
