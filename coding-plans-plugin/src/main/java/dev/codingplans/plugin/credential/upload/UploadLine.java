package dev.codingplans.plugin.credential.upload;

import io.micronaut.core.annotation.Introspected;

/**
 * What became of one line of an upload.
 *
 * @param line counts from 1
 */
@Introspected
public record UploadLine(int line, String outcome) {

  boolean isProven() {
    return switch (Outcome.parse(outcome)) {
      case VERIFIED, STORED -> true;
      case UNVERIFIED, MALFORMED, DUPLICATE, REJECTED, TIER_MISMATCH, UNREACHABLE -> false;
    };
  }
}
