package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.usage.UsageSink.Receipt;
import java.util.List;

/**
 * What became of records that came together.
 *
 * @param accepted how many are stored now, those in quarantine included
 * @param duplicates how many were known already
 * @param quarantined how many of the accepted ones are not charged, because they cannot be right
 */
public record IntakeReport(int accepted, int duplicates, int quarantined) {

  static IntakeReport of(List<Receipt> receipts) {
    var duplicates = count(receipts, Receipt.DUPLICATE);
    return new IntakeReport(
        receipts.size() - duplicates, duplicates, count(receipts, Receipt.QUARANTINED));
  }

  private static int count(List<Receipt> receipts, Receipt wanted) {
    return (int) receipts.stream().filter(receipt -> receipt == wanted).count();
  }
}
