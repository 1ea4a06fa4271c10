package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.usage.UsageSink.Receipt;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.time.TimeSource;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Stores records that are not known yet, all of a call or none (D4). */
@Singleton
class IntakeTransaction {

  /** One statement takes no longer than the driver waits for. */
  private static final int CHUNK = 2_500;

  private final InboxRows inbox;
  private final QuarantineRows quarantine;
  private final DeletedUsers deleted;
  private final Plausibility plausibility;
  private final TimeSource time;

  IntakeTransaction(
      InboxRows inbox,
      QuarantineRows quarantine,
      DeletedUsers deleted,
      LadderSettings ladder,
      UsageSettings settings,
      TimeSource time) {
    this.inbox = inbox;
    this.quarantine = quarantine;
    this.deleted = deleted;
    this.plausibility = new Plausibility(ladder.ladder(), settings.retention());
    this.time = time;
  }

  /** Returns a receipt for each, in their order. */
  @Transactional
  public List<Receipt> store(List<Arrival> arrivals) {
    var now = time.now();
    var distinct = distinct(arrivals);
    var receipts = new HashMap<String, Receipt>();
    for (int from = 0; from < distinct.size(); from += CHUNK) {
      var chunk = distinct.subList(from, Math.min(from + CHUNK, distinct.size()));
      storeNew(chunk, now).forEach(judged -> receipts.put(judged.eventId(), judged.receipt()));
    }
    return inOrder(arrivals, receipts);
  }

  /** In one order everywhere, so that no two that store the same wait for each other. */
  private static List<Arrival> distinct(List<Arrival> arrivals) {
    var first = new HashMap<String, Arrival>();
    arrivals.forEach(arrival -> first.putIfAbsent(arrival.eventId(), arrival));
    return first.values().stream().sorted(Comparator.comparing(Arrival::eventId)).toList();
  }

  private List<Judged> storeNew(List<Arrival> arrivals, Instant now) {
    var added = inbox.addKeys(arrivals);
    var fresh =
        arrivals.stream()
            .filter(arrival -> added.contains(arrival.eventId()))
            .map(arrival -> new Judged(arrival, plausibility.doubt(arrival.usage(), now)))
            .toList();
    inbox.add(
        fresh.stream().filter(judged -> judged.doubt().isEmpty()).map(Judged::arrival).toList());
    quarantine(fresh.stream().filter(judged -> judged.doubt().isPresent()).toList());
    return fresh;
  }

  /** Whose account was deleted has no name there either (X6). */
  private void quarantine(List<Judged> doubtful) {
    if (!doubtful.isEmpty()) {
      var users = doubtful.stream().map(Judged::user).distinct().toList();
      quarantine.add(
          doubtful,
          deleted.deletionsOf(users).stream()
              .collect(Collectors.toMap(Deletion::user, Function.identity())));
    }
  }

  /** Whoever comes twice in one call is stored once, and is a duplicate the second time. */
  private static List<Receipt> inOrder(List<Arrival> arrivals, Map<String, Receipt> receipts) {
    return arrivals.stream()
        .map(
            arrival ->
                Optional.ofNullable(receipts.remove(arrival.eventId())).orElse(Receipt.DUPLICATE))
        .toList();
  }
}
