package dev.codingplans.sample.settings;

import java.math.BigInteger;

/**
 * What a model costs that the host sells from credits.
 *
 * @param inputMicrodollarsPerMillionTokens the price of what goes in
 * @param outputMicrodollarsPerMillionTokens the price of what comes out
 * @param maxOutputTokens the most that one answer of the model has
 */
public record ModelPrice(
    long inputMicrodollarsPerMillionTokens,
    long outputMicrodollarsPerMillionTokens,
    long maxOutputTokens) {

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** Returns what so many tokens cost, a fraction of a microdollar counting as a whole one. */
  public long cost(long inputTokens, long outputTokens) {
    var millionths =
        times(inputTokens, inputMicrodollarsPerMillionTokens)
            .add(times(outputTokens, outputMicrodollarsPerMillionTokens));
    return millionths.add(MILLION).subtract(BigInteger.ONE).divide(MILLION).min(MOST).longValue();
  }

  private static BigInteger times(long tokens, long price) {
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(price));
  }
}
