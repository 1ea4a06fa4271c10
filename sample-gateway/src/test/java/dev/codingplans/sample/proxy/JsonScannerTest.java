package dev.codingplans.sample.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.codingplans.sample.proxy.JsonScanner.MalformedException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonScannerTest {

  private static final JsonFactory JACKSON = new JsonFactory();

  private static final String WELL_FORMED =
      """
      {"a": [1, -0.5e+10, 0, 12E3, true, false, null, [], {}], "text of some length": "x\\"y\\\\z",
       "\\u00e9": "\\ud83d\\ude00 \\b\\f\\n\\r\\t\\/", "b": {"c": {"d": [[[""]]]}}, "e": "plain and long"}
      """;

  private static final String ALPHABET = "{}[]\",:\\ \t\n0123456789-+.eEtrufalsn/b\u0001x";

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @DisplayName("what is altered at random is JSON to the scanner if, and only if, it is to Jackson")
  @MethodSource("seeds")
  void agreesWithJackson(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      var json = altered(random);
      assertThat(scans(json)).as(new String(json, UTF_8)).isEqualTo(jacksonReads(json));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @DisplayName("strings are strict UTF-8, so that everybody behind reads the same")
  @CsvSource({
    "7f, true",
    "c3a9, true",
    "e0a080, true",
    "ed9fbf, true",
    "ee8080, true",
    "f09f9880, true",
    "f48fbfbf, true",
    "80, false",
    "c0af, false",
    "c1bf, false",
    "c3, false",
    "c328, false",
    "e08080, false",
    "eda080, false",
    "edbfbf, false",
    "e282, false",
    "f08080af, false",
    "f4908080, false",
    "f5808080, false",
    "ff, false",
    "1f, false"
  })
  void checksUtf8(String bytes, boolean right) {
    // Where it stands must not matter to those who look at eight bytes at a time.
    for (int before = 0; before < 9; before++) {
      var text =
          HexFormat.of().parseHex("22" + "78".repeat(before) + bytes + "78".repeat(9) + "22");
      assertThat(scans(text)).as("after %d", before).isEqualTo(right);
    }
  }

  @Test
  @DisplayName("nesting has a limit that no stack feels")
  void limitsDepth() {
    assertThat(scans("[".repeat(1_000).concat("]".repeat(1_000)).getBytes(UTF_8))).isTrue();
    assertThat(scans("[".repeat(1_001).concat("]".repeat(1_001)).getBytes(UTF_8))).isFalse();
    assertThat(scans("[{\"a\":".repeat(1_000_000).getBytes(UTF_8))).isFalse();
  }

  private static byte[] altered(Random random) {
    var json = WELL_FORMED.getBytes(UTF_8);
    for (int times = random.nextInt(3); times > 0; times--) {
      json[random.nextInt(json.length)] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return json;
  }

  private static boolean scans(byte[] json) {
    var scanner = new JsonScanner(json);
    try {
      scanner.value();
      scanner.end();
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static boolean jacksonReads(byte[] json) {
    try (var parser = JACKSON.createParser(json)) {
      parser.nextToken();
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
