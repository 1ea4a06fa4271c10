package dev.codingplans.plugin.support;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Instant;
import java.util.Map;

/** A payment service, which signs what it tells. */
public record PaymentCalls(TestPlugin plugin, String secret) {

  public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  public PaymentCalls(TestPlugin plugin) {
    this(plugin, SECRET);
  }

  /** Returns settings for a plugin that listens to it; real payments need real time. */
  public static Map<String, String> settings(String secrets) {
    return Map.of("PAYMENT_WEBHOOK_SECRET", secrets, "CODING_PLANS_TEST_CLOCK", "false");
  }

  public Answer paid(String id, String user, long microdollars) {
    return tell(payment(id, user, microdollars));
  }

  public Answer refunded(String id, String payment, String user, long microdollars) {
    return tell(refund(id, payment, user, microdollars));
  }

  public static String payment(String id, String user, long microdollars) {
    return """
        {"id": "%s", "type": "payment.succeeded", "userId": "%s", "amountMicrodollars": %d}"""
        .formatted(id, user, microdollars);
  }

  public static String refund(String id, String payment, String user, long microdollars) {
    return """
        {"id": "%s", "type": "payment.refunded", "userId": "%s", "paymentId": "%s", "amountMicrodollars": %d}"""
        .formatted(id, user, payment, microdollars);
  }

  /** Sends a body, signed now. */
  public Answer tell(String body) {
    return tell(body, Instant.now());
  }

  public Answer tell(String body, Instant at) {
    return send(body, at.getEpochSecond(), signature(body, at.getEpochSecond()));
  }

  public Answer send(String body, long timestamp, String signature) {
    return plugin.call(
        "POST",
        "/webhooks/payments",
        "",
        body,
        "webhook-id",
        "msg",
        "webhook-timestamp",
        Long.toString(timestamp),
        "webhook-signature",
        signature);
  }

  public String signature(String body, long timestamp) {
    try {
      return new Webhook(secret).sign("msg", timestamp, body);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException(e);
    }
  }
}
