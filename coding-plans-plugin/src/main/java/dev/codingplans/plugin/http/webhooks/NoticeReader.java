package dev.codingplans.plugin.http.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.payment.PaymentNotice;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the payment service sends, as strictly as everything else that moves money. */
@Singleton
class NoticeReader {

  private static final String PAYMENT = "payment.succeeded";
  private static final String REFUND = "payment.refunded";

  /** A billion dollars: more is a mistake. */
  private static final long MAX_MICRODOLLARS = 1_000_000_000_000_000L;

  private static final Pattern ID = Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,200}");

  private final ObjectMapper json;

  NoticeReader(ObjectMapper json) {
    this.json = json;
  }

  /** Returns the notice; empty if it is of a type that does not concern us. */
  Optional<PaymentNotice> read(String body) {
    try {
      var tree = json.readTree(body);
      return switch (type(tree)) {
        case PAYMENT -> Optional.of(payment(json.treeToValue(tree, NoticeBody.class)));
        case REFUND -> Optional.of(refund(json.treeToValue(tree, NoticeBody.class)));
        default -> Optional.empty();
      };
    } catch (JsonMappingException e) {
      var path = e.getPath();
      var field = path.isEmpty() ? null : path.getLast().getFieldName();
      throw Refusal.invalid(
          field == null ? "body" : field, "there is no such field, or it is of the wrong type");
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("body", "it is no JSON");
    }
  }

  private static String type(JsonNode tree) {
    var type = tree.path("type");
    if (!type.isTextual()) {
      throw Refusal.invalid("type", "it must be a text");
    }
    return type.textValue();
  }

  private static PaymentNotice payment(NoticeBody body) {
    if (body.paymentId() != null) {
      throw Refusal.invalid("paymentId", "only a refund has one");
    }
    return new PaymentNotice.Succeeded(id("id", body.id()), user(body), amount(body));
  }

  private static PaymentNotice refund(NoticeBody body) {
    return new PaymentNotice.Refunded(
        id("id", body.id()), user(body), id("paymentId", body.paymentId()), amount(body));
  }

  private static String id(String field, @Nullable String text) {
    if (text == null || !ID.matcher(text).matches()) {
      throw Refusal.invalid(field, "it must be 1 to 200 printable characters");
    }
    return text;
  }

  private static UserId user(NoticeBody body) {
    var text = body.userId();
    if (text == null || !UserId.isWellFormed(text)) {
      throw Refusal.invalid("userId", "it must be 1 to 128 printable characters");
    }
    return new UserId(text);
  }

  private static long amount(NoticeBody body) {
    var amount = body.amountMicrodollars();
    if (amount == null || amount < 1 || amount > MAX_MICRODOLLARS) {
      throw Refusal.invalid(
          "amountMicrodollars", "it must be a whole number from 1 to " + MAX_MICRODOLLARS);
    }
    return amount;
  }

  /**
   * A message; a payment has no {@code paymentId}, and a refund names with it what it gives back.
   */
  @Introspected
  record NoticeBody(
      @Nullable String id,
      @Nullable String type,
      @Nullable String userId,
      @Nullable String paymentId,
      @Nullable Long amountMicrodollars) {}
}
