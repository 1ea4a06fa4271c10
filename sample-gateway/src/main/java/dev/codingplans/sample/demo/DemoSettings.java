package dev.codingplans.sample.demo;

import dev.codingplans.sample.settings.GatewaySettings;
import dev.codingplans.sample.settings.TokenKeys;
import java.util.HashMap;
import java.util.Map;

/** What the demo sets where nobody else did. */
final class DemoSettings {

  private DemoSettings() {}

  static Map<String, String> missing(Map<String, String> settings) {
    var missing = new HashMap<String, String>();
    var keyset = GatewaySettings.dataFolder(settings).resolve("keyset.json");
    missing.put("JWT_SECRET", TokenKeys.DEMO_SECRET);
    missing.put("CODING_PLANS_KEYSET", "file:" + keyset);
    missing.put("CODING_PLANS_PURCHASE_ENABLED", "true");
    if (!settings.containsKey("PAYMENT_WEBHOOK_SECRET")) {
      // Time that can be moved and payments that are real exclude each other.
      missing.put("CODING_PLANS_TEST_CLOCK", "true");
    }
    missing.keySet().removeAll(settings.keySet());
    return missing;
  }
}
