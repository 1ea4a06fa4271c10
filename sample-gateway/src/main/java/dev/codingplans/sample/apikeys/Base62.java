package dev.codingplans.sample.apikeys;

import java.math.BigInteger;

/** Numbers in digits and letters only: a double click selects all of them. */
final class Base62 {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  private Base62() {}

  static String encode(byte[] number, int length) {
    return encode(new BigInteger(1, number), length);
  }

  static String encode(long number, int length) {
    return encode(BigInteger.valueOf(number), length);
  }

  private static String encode(BigInteger number, int length) {
    var digits = new StringBuilder(length);
    for (var rest = number; digits.length() < length; rest = rest.divide(BASE)) {
      digits.append(DIGITS.charAt(rest.mod(BASE).intValue()));
    }
    return digits.reverse().toString();
  }
}
