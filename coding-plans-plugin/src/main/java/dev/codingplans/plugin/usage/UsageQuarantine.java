package dev.codingplans.plugin.usage;

import jakarta.inject.Singleton;
import java.util.List;

/** Shows an operator what is not charged because it cannot be right. */
@Singleton
public class UsageQuarantine {

  private final QuarantineRows rows;

  UsageQuarantine(QuarantineRows rows) {
    this.rows = rows;
  }

  /** Returns what lies below the position, the latest first. */
  public List<QuarantinedUsage> listBefore(long position, int most) {
    return rows.listBefore(position, most);
  }
}
