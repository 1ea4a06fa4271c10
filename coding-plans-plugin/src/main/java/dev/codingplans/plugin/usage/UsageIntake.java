package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.usage.UsageRecord;
import dev.codingplans.gateway.spi.usage.UsageSink;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Takes in what users have used: once, and so that nothing acknowledged is lost (D4, M4). */
@Singleton
public class UsageIntake implements UsageSink {

  private final GroupCommit commits;
  private final IntakeTransaction transaction;
  private final UsageWork work;

  UsageIntake(GroupCommit commits, IntakeTransaction transaction, UsageWork work) {
    this.commits = commits;
    this.transaction = transaction;
    this.work = work;
  }

  /** Lets records in, and charges them from here on. */
  public void start() {
    commits.start();
    work.start();
  }

  @Override
  public CompletionStage<Receipt> accept(UsageRecord usage) {
    return commits.add(new Arrival(usage));
  }

  /** Takes a record for whose charge a part of the balance was set aside (M1). */
  public CompletionStage<Receipt> accept(UsageRecord usage, UUID lease) {
    return commits.add(new Arrival(usage, Optional.of(lease)));
  }

  /** Stores records together, all or none, and returns when that is done. */
  public IntakeReport acceptAll(List<UsageRecord> usages) {
    var receipts = transaction.store(usages.stream().map(Arrival::new).toList());
    return IntakeReport.of(receipts);
  }
}
