package dev.codingplans.plugin.http.webhooks;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNAUTHENTICATED;

import dev.codingplans.plugin.payment.PaymentSignatures;
import dev.codingplans.plugin.payment.Payments;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hears from the operator's payment service. */
@Controller("/webhooks/payments")
@ExecuteOn(TaskExecutors.BLOCKING)
class PaymentsController {

  private final PaymentSignatures signatures;
  private final NoticeReader reader;
  private final Payments payments;

  PaymentsController(PaymentSignatures signatures, NoticeReader reader, Payments payments) {
    this.signatures = signatures;
    this.reader = reader;
    this.payments = payments;
  }

  /**
   * Takes a message, signed after Standard Webhooks: {@code payment.succeeded} and {@code
   * payment.refunded}, each id once; other types are ignored.
   */
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = NoticeReader.NoticeBody.class)))
  @Post
  @Consumes(MediaType.APPLICATION_JSON)
  @Status(HttpStatus.OK)
  void receive(HttpRequest<?> request, @Nullable @Body String body) {
    if (!signatures.isExpected()) {
      throw new Refusal(NOT_FOUND, "There is nothing at this address.");
    }
    var text = Optional.ofNullable(body).orElse("");
    if (!signatures.isGenuine(headers(request), text)) {
      throw new Refusal(UNAUTHENTICATED, "The signature is missing, wrong, or too old.");
    }
    reader.read(text).ifPresent(payments::receive);
  }

  private static Map<String, List<String>> headers(HttpRequest<?> request) {
    var headers = new HashMap<String, List<String>>();
    request
        .getHeaders()
        .names()
        .forEach(name -> headers.put(name, request.getHeaders().getAll(name)));
    return headers;
  }
}
