package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/** Keeps the usage of users whose accounts go, under a name that stands for nobody (X6). */
@Singleton
public class UsageOfDeleted {

  private final InboxRows inbox;
  private final UsageRecordRows records;
  private final QuarantineRows quarantine;

  UsageOfDeleted(InboxRows inbox, UsageRecordRows records, QuarantineRows quarantine) {
    this.inbox = inbox;
    this.records = records;
    this.quarantine = quarantine;
  }

  /** Renames all of it; the account is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rename(UserId user, UserId to) {
    inbox.rename(user, to);
    records.rename(user, to);
    quarantine.rename(user, to);
  }
}
