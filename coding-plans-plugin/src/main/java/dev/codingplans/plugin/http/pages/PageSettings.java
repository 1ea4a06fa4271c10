package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.settings.SettingsReader;

/**
 * What the pages show.
 *
 * @param purchases whether they offer plans to buy (F1); what the server sells is another matter
 */
public record PageSettings(boolean purchases) {

  public static PageSettings read(SettingsReader in) {
    return new PageSettings(in.flag("CODING_PLANS_PURCHASE_ENABLED"));
  }
}
