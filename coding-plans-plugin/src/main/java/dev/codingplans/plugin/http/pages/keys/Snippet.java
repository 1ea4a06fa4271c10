package dev.codingplans.plugin.http.pages.keys;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.Optional;

/**
 * What makes a program use the gateway, ready to be copied.
 *
 * @param id names it within the page
 * @param title the program's name
 * @param hint the key of a text that says where to put it
 * @param form its text, with {@link #PLACEHOLDER} in place of the key
 * @param key a key that was just made
 */
record Snippet(String id, String title, String hint, String form, Optional<Secret> key) {

  /** What stands where a key belongs that nobody can show any more. */
  static final String PLACEHOLDER = "YOUR_GATEWAY_KEY";

  /** Returns the text, with the key if there is one to show. */
  String text() {
    return key.map(secret -> form.replace(PLACEHOLDER, secret.reveal())).orElse(form);
  }
}
