package dev.codingplans.gateway.spi.lifecycle;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A host's way to collect credit from a user who switched automatic top-up on, with whatever the
 * host knows of the user's means of payment. The plugin calls it when a balance is too low for a
 * renewal: outside any transaction, from any thread, and at most once for each period that is due,
 * even if it crashes right after. It does not wait for the answer for longer than a few seconds.
 *
 * <pre>{@code
 * TopUpPort payments = topUp -> cards.charge(topUp.user().value(), topUp.amountMicrodollars(), topUp.id().toString())
 *     .thenApply(charged -> charged ? new Result.Succeeded() : new Result.Failed("declined"));
 * }</pre>
 */
@FunctionalInterface
public interface TopUpPort {

  /**
   * Collects the amount, once for each id.
   *
   * @return completes exceptionally if it is not known what became of it; the plugin then credits
   *     nothing and does not ask again
   */
  CompletionStage<Result> request(TopUp topUp);

  /** Returns a port that collects nothing. */
  static TopUpPort none() {
    return topUp ->
        CompletableFuture.completedFuture(new Result.Failed("The host collects no payments."));
  }

  /**
   * What is to be collected.
   *
   * @param id stands for this one attempt
   * @param amountMicrodollars at least what is missing, in microdollars, more than zero
   * @param reference what it is for, as a text that the user may see
   */
  record TopUp(UUID id, UserId user, long amountMicrodollars, String reference) {

    /** Refuses an amount that is not positive. */
    public TopUp {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(reference, "reference");
      if (amountMicrodollars <= 0) {
        throw new IllegalArgumentException("there is nothing to collect: " + amountMicrodollars);
      }
    }
  }

  /** What became of an attempt. */
  sealed interface Result {

    /** The amount is collected; the plugin adds it to the balance at once. */
    record Succeeded() implements Result {}

    /** It is under way; the host reports the payment when it has arrived. */
    record Pending() implements Result {}

    /**
     * Nothing is collected.
     *
     * @param reason a sentence for the operator, without anything secret
     */
    record Failed(String reason) implements Result {}
  }
}
