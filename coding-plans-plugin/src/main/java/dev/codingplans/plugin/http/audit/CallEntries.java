package dev.codingplans.plugin.http.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.account.Tombstones;
import dev.codingplans.plugin.audit.AuditEntry;
import dev.codingplans.plugin.audit.AuditLog;
import jakarta.inject.Singleton;
import java.util.Map;

/** Writes the entries of calls, and never the name of somebody who was deleted meanwhile. */
@Singleton
class CallEntries {

  private final AuditLog log;
  private final Tombstones tombstones;

  CallEntries(AuditLog log, Tombstones tombstones) {
    this.log = log;
    this.tombstones = tombstones;
  }

  /** Adds an entry, in the transaction of the change if there is one. */
  void append(AuditedCall call, AuditEntry entry) {
    log.append(entry, user -> nameOf(call, user));
  }

  /** Returns the users of a call by number, in a transaction of its own. */
  Map<UserId, Long> usersOf(AuditedCall call) {
    return log.usersOf(call.entry(AuditEntry.DONE), user -> nameOf(call, user));
  }

  /** Adds an entry about users who may have lost their names since. */
  void append(AuditEntry entry, Map<UserId, Long> users) {
    log.append(entry, users);
  }

  private UserId nameOf(AuditedCall call, UserId user) {
    var caller = call.caller();
    return user.equals(caller.user()) ? tombstones.nameOf(caller) : tombstones.nameOf(user);
  }
}
