package dev.codingplans.sample.proxy;

import dev.codingplans.sample.proxy.JsonScanner.MalformedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the ends of strings in JSON: of most bodies all but a few bytes are inside of strings. */
final class JsonStrings {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private final byte[] json;

  JsonStrings(byte[] json) {
    this.json = json;
  }

  /** Returns the index behind the closing quote of the string that begins there. */
  int endOf(int start) {
    if (start >= json.length || json[start] != '"') {
      throw new MalformedException();
    }
    var at = plainUntil(start + 1);
    while (byteAt(at) != '"') {
      at = plainUntil(json[at] == '\\' ? afterEscape(at) : afterCharacter(at));
    }
    return at + 1;
  }

  /** Skips plain characters, eight at a time; it may stop a few early, but never late. */
  private int plainUntil(int from) {
    var at = from;
    while (at <= json.length - Long.BYTES && arePlain((long) EIGHT_BYTES.get(json, at))) {
      at += Long.BYTES;
    }
    return at;
  }

  /**
   * Tells whether eight bytes are all ASCII, and none of them a quote, a backslash, or a control
   * character. A byte that is not plain sets its high bit in one of the terms; a borrow from the
   * byte before may set it as well, never clear it.
   */
  private static boolean arePlain(long bytes) {
    var odd = bytes | (bytes - SPACES) | ((bytes ^ QUOTES) - ONES) | ((bytes ^ BACKSLASHES) - ONES);
    return (odd & HIGH_BITS) == 0;
  }

  private int afterEscape(int backslash) {
    return switch (byteAt(backslash + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> {
        for (int i = backslash + 2; i < backslash + 6; i++) {
          if (Character.digit(byteAt(i), 16) < 0) {
            throw new MalformedException();
          }
        }
        yield backslash + 6;
      }
      default -> throw new MalformedException();
    };
  }

  /** Steps over one character, in strict UTF-8: nobody behind may read the bytes in another way. */
  private int afterCharacter(int at) {
    var lead = json[at];
    if (lead >= ' ') {
      return at + 1;
    }
    var length = lengthOf(lead & 0xff);
    var point = lead & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      var next = byteAt(at + i);
      if ((next & 0xc0) != 0x80) {
        throw new MalformedException();
      }
      point = point << 6 | (next & 0x3f);
    }
    if (!isRight(point, length)) {
      throw new MalformedException();
    }
    return at + length;
  }

  private static int lengthOf(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      throw new MalformedException(); // a control character, or nothing that begins one
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }

  /** Tells whether a code point may be written, and in so many bytes. */
  private static boolean isRight(int point, int length) {
    return switch (length) {
      case 2 -> true;
      case 3 -> point >= 0x800 && (point < 0xd800 || point > 0xdfff);
      default -> point >= 0x10000 && point <= 0x10ffff;
    };
  }

  private byte byteAt(int index) {
    if (index >= json.length) {
      throw new MalformedException();
    }
    return json[index];
  }
}
