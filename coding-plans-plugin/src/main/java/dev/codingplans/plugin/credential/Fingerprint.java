package dev.codingplans.plugin.credential;

import java.util.HexFormat;

/** What a key is known by for ever, and which tells nothing of it. */
public record Fingerprint(String hex) {

  public static Fingerprint of(byte[] bytes) {
    return new Fingerprint(HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
