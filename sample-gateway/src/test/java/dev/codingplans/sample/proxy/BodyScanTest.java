package dev.codingplans.sample.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyScanTest {

  @ParameterizedTest
  @DisplayName("E7 only the model and the user's own names change, whatever stands around them")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"p/m\"} | {\"model\":\"M\"}",
        "`  {\n"
            + "\t\"x\" : 1.50e+3 ,\"model\"  :\t\"p/m\"  , \"y\":\"é\\u00e9😀\" }  ` | `  {\n"
            + "\t\"x\" : 1.50e+3 ,\"model\"  :\t\"M\"  , \"y\":\"é\\u00e9😀\" }  `",
        "{\"user\":\"ada\",\"model\":\"p/m\",\"n\":1} | {\"user\":\"U\",\"model\":\"M\",\"n\":1}",
        "{\"user\":17,\"model\":\"p/m\"} | {\"user\":\"U\",\"model\":\"M\"}",
        "{\"user\":{\"a\":[1,{}]} ,\"model\":\"p/m\"} | {\"user\":\"U\" ,\"model\":\"M\"}",
        "{\"user\":null,\"model\":\"p/m\"} | {\"user\":null,\"model\":\"M\"}",
        "{\"us\\u0065r\":\"ada\",\"mod\\u0065l\":\"p/m\"} |"
            + " {\"us\\u0065r\":\"U\",\"mod\\u0065l\":\"M\"}",
        "{\"safety_identifier\":\"ada\",\"model\":\"p/m\"} |"
            + " {\"safety_identifier\":\"U\",\"model\":\"M\"}",
        "{\"a\":{\"model\":\"x\",\"user\":\"y\"},\"b\":[{\"model\":1}],\"model\":\"p/m\"} |"
            + " {\"a\":{\"model\":\"x\",\"user\":\"y\"},\"b\":[{\"model\":1}],\"model\":\"M\"}",
        "{\"prompt_cache_key\":\"ada\",\"model\":\"p/m\"} |"
            + " {\"prompt_cache_key\":\"U\",\"model\":\"M\"}",
        "{\"\":{\"model\":\"x\",\"user\":\"y\"},\"model\":\"p/m\"} |"
            + " {\"\":{\"model\":\"x\",\"user\":\"y\"},\"model\":\"M\"}",
        "{\"s\":\"\\\"model\\\":\\\"q\\\"\",\"model\":\"p/m\"} |"
            + " {\"s\":\"\\\"model\\\":\\\"q\\\"\",\"model\":\"M\"}"
      })
  void splices(String body, String expected) {
    assertThat(rewritten(body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("E7 the user is named by the fields of all formats")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"metadata\":{\"a\":1,\"user_id\":\"ada\"},\"model\":\"p/m\"} |"
            + " {\"metadata\":{\"a\":1,\"user_id\":\"U\"},\"model\":\"M\"}",
        "{\"metadata\":null,\"model\":\"p/m\"} | {\"metadata\":null,\"model\":\"M\"}",
        "{\"metadata\":[{\"user_id\":1}],\"model\":\"p/m\"} |"
            + " {\"metadata\":[{\"user_id\":1}],\"model\":\"M\"}",
        "{\"user\":\"ada\",\"metadata\":{\"user_id\":\"ada\"},\"model\":\"p/m\"} |"
            + " {\"user\":\"U\",\"metadata\":{\"user_id\":\"U\"},\"model\":\"M\"}"
      })
  void splicesMetadata(String body, String expected) {
    assertThat(rewritten(body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("a body that could be read in two ways, or not at all, is refused")
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"model\"",
        "{",
        "{\"model\":\"p/m\"",
        "{\"model\":\"p/m\"}{}",
        "{\"model\":\"p/m\"} x",
        "{\"model\":\"p/m\",\"messages\":[}",
        "{'model':'p/m'}",
        "{\"messages\":[]}",
        "{\"model\":null}",
        "{\"model\":[\"p/m\"]}",
        "{\"model\":\"p/a\",\"model\":\"p/b\"}",
        "{\"model\":\"p/a\",\"mod\\u0065l\":\"p/b\"}",
        "{\"model\":\"p/a\",\"metadata\":{\"user_id\":\"a\"},\"metadata\":{}}",
        "{\"model\":\"p/a\",\"metadata\":{\"user_id\":\"a\",\"user_id\":\"b\"}}"
      })
  void refuses(String body) {
    assertThatExceptionOfType(RefusalException.class)
        .isThrownBy(() -> BodyScan.scan(body.getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(Refusal.Code.INVALID_REQUEST));
  }

  @Test
  @DisplayName("a body in another encoding than UTF-8 is refused")
  void refusesUtf16() {
    assertThatExceptionOfType(RefusalException.class)
        .isThrownBy(() -> BodyScan.scan("{\"model\":\"p/m\"}".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  @DisplayName("places are right in a body of megabytes")
  void scansLargeBodies() {
    var filler = "\"" + "ü".repeat(2_000_000) + "\"";
    var body = "{\"a\":" + filler + ",\"model\":\"p/m\",\"b\":" + filler + ",\"user\":\"ada\"}";

    assertThat(rewritten(body))
        .isEqualTo("{\"a\":" + filler + ",\"model\":\"M\",\"b\":" + filler + ",\"user\":\"U\"}");
  }

  private static String rewritten(String body) {
    var scanned = BodyScan.scan(body.getBytes(UTF_8));
    assertThat(scanned.model()).isEqualTo("p/m");
    return new String(scanned.rewritten("M", () -> "U"), UTF_8);
  }
}
