package dev.codingplans.plugin.payment;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.codingplans.gateway.spi.entitlement.Secret;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Tells messages of the payment service from others, after Standard Webhooks: by a signature of the
 * body as it was sent, no more than five minutes off in real time, compared in constant time.
 */
@Singleton
public class PaymentSignatures {

  private final List<Secret> secrets;

  PaymentSignatures(PaymentSettings settings) {
    this.secrets = settings.secrets();
  }

  /** Tells whether there is a payment service at all. */
  public boolean isExpected() {
    return !secrets.isEmpty();
  }

  /** Tells whether the message is signed with one of the secrets. */
  public boolean isGenuine(Map<String, List<String>> headers, String body) {
    return secrets.stream().anyMatch(secret -> isSignedWith(secret, headers, body));
  }

  private static boolean isSignedWith(
      Secret secret, Map<String, List<String>> headers, String body) {
    try {
      new Webhook(secret.reveal()).verify(body, headers);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException("the secret was checked at the start", e);
    }
  }
}
