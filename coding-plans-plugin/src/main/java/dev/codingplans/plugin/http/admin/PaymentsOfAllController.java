package dev.codingplans.plugin.http.admin;

import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.payment.Payments;
import dev.codingplans.plugin.payment.StoredPayment;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows an operator what the payment service has told, and what of it waits. */
@Controller("/admin/api/payments")
@ExecuteOn(TaskExecutors.BLOCKING)
class PaymentsOfAllController {

  private static final Set<String> STATES = Set.of("parked", "applied");

  private final Payments payments;

  PaymentsOfAllController(Payments payments) {
    this.payments = payments;
  }

  /** Lists payments and refunds, newest first; parked ones wait for a user or for their payment. */
  @Get
  Page<PaymentView> list(
      @Nullable @QueryValue String state,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var rows =
        payments.listBefore(
            Optional.ofNullable(state).map(PaymentsOfAllController::state),
            Page.positionBefore(cursor),
            limit + 1);
    return Page.of(rows, limit, StoredPayment::position, PaymentView::of);
  }

  private static String state(String text) {
    if (!STATES.contains(text)) {
      throw Refusal.invalid("state", "it must be parked or applied");
    }
    return text;
  }

  /** A payment or a refund. */
  record PaymentView(
      String id,
      String type,
      @Nullable String paymentId,
      String userId,
      long amountMicrodollars,
      long refundedMicrodollars,
      long takenMicrodollars,
      long owedMicrodollars,
      @Nullable UUID ledgerEntryId,
      Instant receivedAt,
      String state) {

    static PaymentView of(StoredPayment payment) {
      return new PaymentView(
          payment.id(),
          payment.type(),
          payment.paymentId(),
          payment.userId(),
          payment.amountMicrodollars(),
          payment.refundedMicrodollars(),
          payment.takenMicrodollars(),
          payment.owedMicrodollars(),
          payment.ledgerEntryId(),
          payment.receivedAt(),
          payment.state());
    }
  }
}
