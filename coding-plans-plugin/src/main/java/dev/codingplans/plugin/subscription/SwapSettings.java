package dev.codingplans.plugin.subscription;

import dev.codingplans.plugin.settings.SettingsReader;

/**
 * What happens when a credential that serves somebody works no more.
 *
 * @param automatic whether it is replaced from stock without an operator
 */
public record SwapSettings(boolean automatic) {

  public static SwapSettings read(SettingsReader in) {
    return new SwapSettings(in.flag("CODING_PLANS_AUTO_SWAP"));
  }
}
