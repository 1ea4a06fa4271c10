package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.settings.SettingsReader;
import java.time.Duration;

/**
 * What the pages show.
 *
 * @param purchases whether they offer plans to buy (F1); what the server sells is another matter
 * @param renewalSlack how long access goes on while a renewal is due and not charged (E2)
 */
public record PageSettings(boolean purchases, Duration renewalSlack) {

  public static PageSettings read(SettingsReader in, Duration renewalSlack) {
    return new PageSettings(in.flag("CODING_PLANS_PURCHASE_ENABLED"), renewalSlack);
  }
}
