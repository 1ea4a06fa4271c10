package dev.codingplans.sample.metered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codingplans.sample.metered.MeteredRequest.Insertion;
import dev.codingplans.sample.settings.ModelPrice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeteredRequestTest {

  private static final ModelPrice PRICE = new ModelPrice(300_000, 1_200_000, 65_536);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\"} | 65536",
        "{\"max_tokens\":100} | 100",
        "{\"max_tokens\":null,\"n\":null} | 65536",
        "{\"max_completion_tokens\":7} | 7",
        "{\"max_tokens\":5,\"max_completion_tokens\":7} | 7",
        "{\"max_tokens\":2147483647} | 65536",
        "{\"max_tokens\":100,\"n\":3} | 300",
        "{\"n\":128} | 8388608",
      })
  @DisplayName("M1 what comes out is bounded by the limit, asked for or the model's, times n")
  void boundsOutput(String json, long most) {
    assertThat(read(json).mostOutputTokens()).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"max_completion_tokens\":7} | 65536",
        "{\"max_tokens\":9,\"max_completion_tokens\":7} | 9",
        "{\"max_tokens\":7,\"max_completion_tokens\":9} | 7",
      })
  @DisplayName("M1 a limit that Anthropic's format does not know bounds nothing in it")
  void boundsOutputOfAnthropicsFormat(String json, long most) {
    assertThat(MeteredRequest.read(bytes(json), PRICE, false).mostOutputTokens()).isEqualTo(most);
  }

  @Test
  @DisplayName("M1 what goes in is bounded by one token a byte, and a fraction costs as a whole")
  void boundsCost() {
    var request = read("{\"max_tokens\":1}");

    // 16 bytes at 0.3 and one token at 1.2 microdollars.
    assertThat(request.mostCost()).isEqualTo(6);
    assertThat(read("{\"max_tokens\":100}").mostCost()).isEqualTo(126);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "2147483648",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "1e309",
        "1e3",
        "1.0",
        "\"100\"",
        "true",
        "[1]",
        "{}"
      })
  @DisplayName("M1 numbers that no model understands are refused, wherever they decide the cost")
  void refusesHostileNumbers(String number) {
    for (var field : new String[] {"max_tokens", "max_completion_tokens", "n"}) {
      assertThatThrownBy(() -> read("{\"" + field + "\":" + number + "}"))
          .isInstanceOf(UnsellableException.class)
          .hasMessageContaining("'" + field + "' must be a whole number");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"max_tokens\":1,\"max_tokens\":9}",
        "{\"n\":1,\"n\":2}",
        "{\"stream\":1}",
        "{\"stream_options\":[]}",
        "{\"stream_options\":{\"include_usage\":\"no\"}}",
        "{\"best_of\":2}",
        "{\"web_search_options\":{}}",
        "{\"modalities\":[\"text\",\"audio\"]}",
        "{\"tools\":[{\"type\":\"web_search_20250305\"}]}",
        "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]}",
        "{\"messages\":[{\"content\":[{\"image_url\":{\"url\":\"x\"}}]}]}",
        "{\"messages\":[{\"content\":[{\"type\":\"document\"}]}]}",
        "{\"system\":[{\"type\":\"image\"}]}",
      })
  @DisplayName("M1 what is not text, or could cost more than it says, is not sold from credits")
  void refusesWhatIsNotBounded(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(UnsellableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"role\":\"user\",\"content\":\"an image_url\"}]}",
        "{\"messages\":[{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]}",
        "{\"messages\":[{\"tool_calls\":[{\"type\":\"function\",\"function\":{\"arguments\":\"{}\"}}]}]}",
        "{\"messages\":[{\"content\":[{\"type\":\"tool_use\",\"input\":{\"type\":\"image\"}}]}]}",
        "{\"tools\":[{\"type\":\"function\",\"function\":{\"parameters\":{\"type\":\"object\"}}}]}",
        "{\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]}",
        "{\"modalities\":[\"text\"],\"audio\":null}",
      })
  @DisplayName("M1 text is sold, with tools and all")
  void sellsText(String json) {
    assertThat(read(json).mostOutputTokens()).isEqualTo(65_536);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stream\":true} | {\"stream_options\":{\"include_usage\":true},\"stream\":true}",
        "{\"stream_options\":null,\"stream\":true} | {\"stream_options\":{\"include_usage\":true},\"stream\":true}",
        "{\"stream\":true,\"stream_options\":{}} | {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"stream\":true,\"stream_options\":{\"a\":1}} | {\"stream\":true,\"stream_options\":{\"include_usage\":true,\"a\":1}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":false}} | {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
      })
  @DisplayName("a stream is asked for its usage where the client did not")
  void asksForUsage(String json, String asked) {
    assertThat(with(json, read(json).usageWish().orElseThrow())).isEqualTo(asked.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"stream\":false}",
        "{\"stream_options\":{}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
      })
  @DisplayName("nothing is asked for that comes by itself")
  void asksForNothingElse(String json) {
    assertThat(read(json).usageWish()).isEmpty();
    assertThat(MeteredRequest.read(bytes("{\"stream\":true}"), PRICE, false).usageWish()).isEmpty();
  }

  private static MeteredRequest read(String json) {
    return MeteredRequest.read(bytes(json), PRICE, true);
  }

  private static String with(String json, Insertion insertion) {
    return json.substring(0, insertion.start())
        + insertion.json()
        + json.substring(insertion.end());
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
