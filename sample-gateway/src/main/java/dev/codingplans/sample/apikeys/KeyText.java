package dev.codingplans.sample.apikeys;

import dev.codingplans.gateway.spi.entitlement.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code cpk_}, 32 random bytes, and a checksum. So a mistyped key costs no
 * look into the database, and scanners that search for secrets recognise one without doubt.
 */
record KeyText(Secret secret) {

  static final String MARK = "cpk_";

  private static final int RANDOM_BYTES = 32;

  /** As many digits as 32 bytes can take, and as a checksum of 32 bits can. */
  private static final int RANDOM_DIGITS = 43;

  private static final int CHECKSUM_DIGITS = 6;
  private static final int SUMMED = MARK.length() + RANDOM_DIGITS;

  /** Tells keys apart for people, and leaves 232 bits to guess. */
  private static final int SHOWN = MARK.length() + 4;

  private static final Pattern FORM =
      Pattern.compile(MARK + "[0-9A-Za-z]{" + (RANDOM_DIGITS + CHECKSUM_DIGITS) + "}");

  static KeyText random(SecureRandom random) {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    var summed = MARK + Base62.encode(bytes, RANDOM_DIGITS);
    return new KeyText(Secret.of(summed + checksum(summed)));
  }

  /** Tells whether somebody means a text as an API key, even if it is none. */
  static boolean isMeant(String text) {
    return text.startsWith(MARK);
  }

  /** Returns the key, or empty if nobody can have been given this text. */
  static Optional<KeyText> parse(String text) {
    return FORM.matcher(text).matches()
            && text.substring(SUMMED).equals(checksum(text.substring(0, SUMMED)))
        ? Optional.of(new KeyText(Secret.of(text)))
        : Optional.empty();
  }

  /** Returns the first characters, by which a user recognises the key in a list. */
  String prefix() {
    return secret.reveal().substring(0, SHOWN);
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return Base62.encode(crc.getValue(), CHECKSUM_DIGITS);
  }
}
