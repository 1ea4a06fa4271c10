package dev.codingplans.plugin.event.delivery;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An endpoint of the operator's: each event is a signed POST after Standard Webhooks. */
final class Webhook implements Recipient {

  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final WebhookSettings settings;
  private final WebhookBody body;
  private final HttpClient http;

  Webhook(WebhookSettings settings, WebhookBody body, HttpClient http) {
    this.settings = settings;
    this.body = body;
    this.http = http;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public boolean wants(String type) {
    return settings.types().matches(type);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the last step only tidies up
  public CompletionStage<Void> deliver(Delivery delivery) {
    var exchange = http.sendAsync(request(delivery), answer -> new DiscardedBody());
    var taken =
        exchange
            .thenAccept(Webhook::requireSuccess)
            .orTimeout(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    // An answer that does not end in time would keep its connection.
    taken.whenComplete((nothing, failure) -> exchange.cancel(true));
    return taken;
  }

  private HttpRequest request(Delivery delivery) {
    var text = body.of(delivery.event());
    var id = delivery.event().id();
    var seconds = delivery.attemptedAt().getEpochSecond();
    return HttpRequest.newBuilder(settings.url())
        .timeout(MAX_WAIT)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(seconds))
        .header("webhook-signature", signatures(id, seconds, text))
        .POST(BodyPublishers.ofString(text))
        .build();
  }

  /** One for each secret: while it is changed, the endpoint may know either. */
  private String signatures(String id, long seconds, String text) {
    return settings.secrets().stream()
        .map(secret -> signature(secret, id, seconds, text))
        .collect(Collectors.joining(" "));
  }

  private static String signature(Secret secret, String id, long seconds, String text) {
    try {
      return new com.standardwebhooks.Webhook(secret.reveal()).sign(id, seconds, text);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("the secret was checked at the start", e);
    }
  }

  private static void requireSuccess(HttpResponse<Void> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new Refused("status " + answer.statusCode());
    }
  }

  /** The endpoint answered, but not with success; the message holds nothing of its answer. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message, null, false, false);
    }
  }
}
