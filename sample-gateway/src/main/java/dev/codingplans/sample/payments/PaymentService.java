package dev.codingplans.sample.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.sample.settings.TopUpSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's payment service, which is asked by a signed POST after Standard Webhooks. Nothing
 * that it answers is shown or logged but a status.
 */
final class PaymentService implements TopUpPort {

  /** What the plugin waits for at most, too. */
  static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(PaymentService.class);
  private static final Duration CONNECT_WAIT = Duration.ofSeconds(2);

  private final TopUpSettings.Service settings;
  private final Clock clock;
  private final Duration maxWait;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_WAIT)
          .build();

  PaymentService(TopUpSettings.Service settings, Clock clock) {
    this(settings, clock, MAX_WAIT);
  }

  PaymentService(TopUpSettings.Service settings, Clock clock, Duration maxWait) {
    this.settings = settings;
    this.clock = clock;
    this.maxWait = maxWait;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the last step only tidies up
  public CompletionStage<Result> request(TopUp topUp) {
    var exchange = http.sendAsync(signed(topUp), answer -> new ShortBody());
    var answered =
        exchange.copy().orTimeout(maxWait.toMillis(), TimeUnit.MILLISECONDS).thenApply(this::read);
    // An answer that does not end in time would keep its connection.
    answered.whenComplete((result, failure) -> exchange.cancel(true));
    return answered
        .exceptionally(PaymentService::withoutAnswer)
        .whenComplete((result, failure) -> log(topUp, result));
  }

  private HttpRequest signed(TopUp topUp) {
    var body = write(Order.of(topUp));
    var id = topUp.id().toString();
    var seconds = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(settings.url())
        .timeout(maxWait)
        .header("content-type", "application/json")
        .header(Webhook.UNBRANDED_MSG_ID_KEY, id)
        .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(seconds))
        .header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signature(id, seconds, body))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private String signature(String id, long seconds, String body) {
    try {
      return new Webhook(settings.secret().reveal()).sign(id, seconds, body);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("the secret was checked at the start", e);
    }
  }

  private String write(Order order) {
    try {
      return json.writeValueAsString(order);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an order can always be written", e);
    }
  }

  private Result read(HttpResponse<byte[]> answer) {
    return switch (answer.statusCode()) {
      case 200 ->
          saysSucceeded(answer.body())
              ? new Result.Succeeded()
              : new Result.Failed("The payment service did not say that it succeeded.");
      case 202 -> new Result.Pending();
      default ->
          new Result.Failed(
              "The payment service answered with status " + answer.statusCode() + ".");
    };
  }

  private boolean saysSucceeded(byte[] body) {
    try {
      return json.readTree(body).path("status").asText().equals("succeeded");
    } catch (IOException e) {
      return false;
    }
  }

  /** Where nothing was sent, nothing is collected. Else it is not known, and the plugin says so. */
  private static Result withoutAnswer(Throwable failure) {
    var cause =
        failure instanceof CompletionException
            ? Objects.requireNonNullElse(failure.getCause(), failure)
            : failure;
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return new Result.Failed("The payment service cannot be reached.");
    }
    throw new NoAnswer(cause);
  }

  private static void log(TopUp topUp, Result result) {
    if (result instanceof Result.Failed(var reason)) {
      LOG.warn("Top-up {} failed: {}", topUp.id(), reason);
    }
  }

  /** What is to be collected, as the service is asked. */
  private record Order(UUID id, String userId, long amountMicrodollars, String reference) {

    static Order of(TopUp topUp) {
      return new Order(
          topUp.id(), topUp.user().value(), topUp.amountMicrodollars(), topUp.reference());
    }
  }

  /** Nobody knows whether it was collected. Without its cause, which may quote the answer. */
  static final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoAnswer(Throwable cause) {
      super(
          "The payment service gave no answer: " + cause.getClass().getSimpleName(),
          null,
          false,
          false);
    }
  }
}
