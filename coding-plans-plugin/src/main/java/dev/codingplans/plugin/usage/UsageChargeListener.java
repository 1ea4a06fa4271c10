package dev.codingplans.plugin.usage;

import java.time.Instant;
import java.util.List;

/** Does what has to happen together with charges, or not at all. */
@FunctionalInterface
public interface UsageChargeListener {

  /** Called within the transaction that makes the charges; their accounts are locked. */
  void onCharged(List<ChargedUsage> charges, Instant at);
}
