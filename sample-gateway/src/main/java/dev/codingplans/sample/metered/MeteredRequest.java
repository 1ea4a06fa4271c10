package dev.codingplans.sample.metered;

import dev.codingplans.sample.settings.ModelPrice;
import java.util.Optional;

/**
 * A request that is to be paid from credits.
 *
 * @param price what the model costs
 * @param inputBytes how long the body is: no text has more tokens than bytes
 * @param mostOutputTokens the most that may come back, of all answers together
 * @param usageWish what the provider must be told beside, so that it says what was consumed
 */
public record MeteredRequest(
    ModelPrice price, long inputBytes, long mostOutputTokens, Optional<Insertion> usageWish) {

  /** Returns the most that the request can cost. */
  public long mostCost() {
    return price.cost(inputBytes, mostOutputTokens);
  }

  /**
   * Reads a request's body, which is well-formed.
   *
   * @param isOpenAi whether it is in OpenAI's format; only there a stream's usage must be asked for
   * @throws UnsellableException if it cannot be told what it costs at most
   */
  public static MeteredRequest read(byte[] json, ModelPrice price, boolean isOpenAi) {
    var scan = MeteredScan.of(json);
    return new MeteredRequest(
        price,
        json.length,
        Math.multiplyExact(scan.mostOutput(price.maxOutputTokens(), isOpenAi), scan.answers()),
        isOpenAi && scan.streams() ? scan.usageWish() : Optional.empty());
  }

  /**
   * What is put into a body.
   *
   * @param start where it begins
   * @param end where what it replaces ends; the same place if it replaces nothing
   */
  public record Insertion(int start, int end, String json) {}
}
