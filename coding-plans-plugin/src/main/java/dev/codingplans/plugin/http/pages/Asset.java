package dev.codingplans.plugin.http.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** One file that pages load, as it is and zipped. */
final class Asset {

  private static final int DIGEST_BYTES = 8;

  private final byte[] content;
  private final byte[] zipped;
  private final String digest;

  Asset(byte[] content) throws IOException {
    this.content = content;
    this.zipped = zip(content);
    this.digest = digest(content);
  }

  byte[] content() {
    return content;
  }

  byte[] zipped() {
    return zipped;
  }

  /** Returns what tells this content from any other. */
  String digest() {
    return digest;
  }

  private static byte[] zip(byte[] content) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(content);
    }
    return zipped.toByteArray();
  }

  private static String digest(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
