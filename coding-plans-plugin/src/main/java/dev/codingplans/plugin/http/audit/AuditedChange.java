package dev.codingplans.plugin.http.audit;

import dev.codingplans.plugin.audit.AuditEntry;
import dev.codingplans.plugin.audit.AuditLog;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A change and its entry in one transaction: there is neither without the other. */
@Singleton
class AuditedChange {

  private final AuditLog log;

  AuditedChange(AuditLog log) {
    this.log = log;
  }

  @Transactional
  public @Nullable Object makeAndWrite(Supplier<@Nullable Object> change, AuditedCall call) {
    var answer = change.get();
    log.append(call.entryOf(answer));
    return answer;
  }

  @Transactional
  public @Nullable Object writeAndMake(AuditedCall call, Supplier<@Nullable Object> change) {
    log.append(call.entry(AuditEntry.DONE));
    return change.get();
  }
}
