package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.settings.SettingsReader;
import java.util.Base64;
import java.util.List;

/**
 * How the payment service proves who it is.
 *
 * @param secrets what its messages are signed with: none if there is no such service, two while the
 *     operator changes it
 */
public record PaymentSettings(List<Secret> secrets) {

  private static final String NAME = "PAYMENT_WEBHOOK_SECRET";
  private static final String PREFIX = "whsec_";
  private static final int MOST = 2;
  private static final int LEAST_BYTES = 16;
  private static final int MOST_BYTES = 64;

  public static PaymentSettings read(SettingsReader in) {
    return new PaymentSettings(in.text(NAME).map(text -> secrets(text, in)).orElse(List.of()));
  }

  private static List<Secret> secrets(String text, SettingsReader in) {
    var secrets = List.of(text.split(" +"));
    if (secrets.size() > MOST || !secrets.stream().allMatch(PaymentSettings::isSecret)) {
      in.fault(
          NAME
              + ": it must be whsec_ and the base64 of 16 to 64 bytes, or two such with a space"
              + " between.");
      return List.of();
    }
    return secrets.stream().map(Secret::of).toList();
  }

  private static boolean isSecret(String text) {
    if (!text.startsWith(PREFIX)) {
      return false;
    }
    try {
      var bytes = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
      return bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
