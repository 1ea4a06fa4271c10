package dev.codingplans.sample.apikeys;

import dev.codingplans.sample.problem.ProblemException;
import dev.codingplans.sample.problem.Violation;
import dev.codingplans.sample.security.Hmac;
import dev.codingplans.sample.security.HostSecret;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Positions in a list as clients carry them: opaque, and of no use once altered. */
@Singleton
final class Cursors {

  /** With a position it makes 24 characters, each of which counts. */
  private static final int SEAL_BYTES = 10;

  private final Hmac seals;

  Cursors(HostSecret secret) {
    this.seals = new Hmac(secret.keyFor("cursors"));
  }

  String of(long position) {
    return Base64.getUrlEncoder()
        .encodeToString(
            ByteBuffer.allocate(Long.BYTES + SEAL_BYTES)
                .putLong(position)
                .put(seal(position))
                .array());
  }

  /** Returns the position before which the page of a cursor starts. */
  long positionBefore(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.remaining() == Long.BYTES + SEAL_BYTES) {
        var position = bytes.getLong();
        var seal = new byte[SEAL_BYTES];
        bytes.get(seal);
        if (MessageDigest.isEqual(seal, seal(position))) {
          return position;
        }
      }
    } catch (IllegalArgumentException e) {
      // Falls through: it is none of our cursors.
    }
    throw ProblemException.invalid(new Violation("cursor", "it is not one that a list gave"));
  }

  private byte[] seal(long position) {
    return Arrays.copyOf(seals.bytes(Long.toString(position)), SEAL_BYTES);
  }
}
