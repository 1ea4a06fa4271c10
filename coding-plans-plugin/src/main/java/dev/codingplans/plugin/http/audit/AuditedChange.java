package dev.codingplans.plugin.http.audit;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A change and its entry in one transaction: there is neither without the other. */
@Singleton
class AuditedChange {

  private final CallEntries entries;

  AuditedChange(CallEntries entries) {
    this.entries = entries;
  }

  @Transactional
  public @Nullable Object make(Supplier<@Nullable Object> change, AuditedCall call) {
    var answer = change.get();
    entries.append(call, call.entryOf(answer));
    return answer;
  }

  /** Makes a change that may take names from users. */
  @Transactional
  public @Nullable Object make(
      Supplier<@Nullable Object> change, AuditedCall call, Map<UserId, Long> users) {
    var answer = change.get();
    entries.append(call.entryOf(answer), users);
    return answer;
  }
}
