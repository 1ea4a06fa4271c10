package dev.codingplans.sample.metered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.usage.Consumption;
import dev.codingplans.sample.settings.ModelPrice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeteredAnswerTest {

  /** A microdollar for a token that goes in, and ten for one that comes out. */
  private static final ModelPrice PRICE = new ModelPrice(1_000_000, 10_000_000, 1_000);

  private static final String REQUEST = "{\"stream\":true,\"max_tokens\":100}";

  private static final String FIRST =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello ü\"}}],\"usage\":null}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}\r\n\r\n";
  private static final String DONE = ": a comment\ndata: [DONE]\n\n";

  private static final String MESSAGE_START =
      "data: {\"message\":{\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\n";

  private final FakeHold hold = new FakeHold();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  @DisplayName(
      "a stream passes byte by byte, however it is cut, but for the usage that was not asked for")
  void removesTheUsageEvent(long seed) {
    assertThat(passed(request(REQUEST), FIRST + USAGE + DONE, new Random(seed)))
        .isEqualTo(FIRST + DONE);
    assertThat(hold.settled()).isEqualTo(new Consumption(12, 75, false));
  }

  @Test
  @DisplayName("usage that the client asked for is the client's")
  void keepsTheUsageEvent() {
    var asked =
        request("{\"stream\":true,\"max_tokens\":100,\"stream_options\":{\"include_usage\":true}}");

    assertThat(passed(asked, FIRST + USAGE + DONE, new Random(1))).isEqualTo(FIRST + USAGE + DONE);
  }

  @Test
  @DisplayName("M2 usage in an event with words is read, and the event passes")
  void readsUsageBesideWords() {
    var last =
        "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";

    assertThat(passed(request(REQUEST), last + USAGE, new Random(1))).isEqualTo(last);
    // What is said twice is charged once: the last counts.
    assertThat(hold.settled()).isEqualTo(new Consumption(12, 75, false));
  }

  @Test
  @DisplayName("M2 Anthropic's stream tells what went in at its start and what came out at its end")
  void readsAnthropicStreams() {
    passed(
        request(REQUEST),
        """
        event: message_start
        data: {"type":"message_start","message":{"usage":{"input_tokens":5,"cache_creation_input_tokens":2,"cache_read_input_tokens":1,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Hello"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}

        """,
        new Random(1));

    assertThat(hold.settled()).isEqualTo(new Consumption(17, 98, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // zero is zero
        "{\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}} | 0 | 0 | false",
        "{\"usage\":{\"input_tokens\":3,\"output_tokens\":4}} | 7 | 43 | false",
        // nothing said: the input's bytes, and about a quarter of the output's
        "{\"choices\":[{\"message\":{\"content\":\"12345678\"}}]} | 35 | 53 | true",
        "{\"content\":[{\"type\":\"text\",\"text\":\"12345678\"}],\"usage\":null} | 35 | 53 | true",
        "{\"usage\":{\"prompt_tokens\":5}} | 5 | 5 | true",
        "{\"usage\":{\"prompt_tokens\":\"5\",\"completion_tokens\":1.5}} | 33 | 33 | true",
        "{\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":-1}} | 33 | 33 | true",
        // what cannot be read may be all text
        "not json | 35 | 53 | true",
        "{\"content\":\"1234567 | 38 | 83 | true",
        // absurd: no more than there can be
        "{\"usage\":{\"prompt_tokens\":9007199254740993,\"completion_tokens\":1}} | 34 | 43 | true",
        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2147483648}} | 101 | 1001 | true",
        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":9223372036854775808}} | 101 | 1001 | true",
        "{\"usage\":{\"prompt_tokens\":1e309,\"completion_tokens\":1}} | 34 | 43 | true",
      })
  @DisplayName("M2 zero is not the same as missing, and nothing absurd is charged")
  void chargesWhatWasSaid(String answer, long tokens, long cost, boolean estimated) {
    var metered = new MeteredAnswer(hold, request(REQUEST + " "), false);

    assertThat(metered.pass(bytes(answer))).isEqualTo(bytes(answer));
    assertThat(metered.end()).isEmpty();

    assertThat(hold.settled()).isEqualTo(new Consumption(tokens, cost, estimated));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  @DisplayName("M2 a JSON is read however it is cut, and however long it is")
  void readsLongJson(long seed) {
    var filler = "{\"message\":{\"content\":\"" + "ü".repeat(1_000) + "\"}},";
    var json =
        "{\"choices\":["
            + filler.repeat(seed == 0 ? 9_000 : 3)
            + "{}],\"usage\":{\"prompt_tokens\":5,\"prompt_tokens_details\":{\"completion_tokens\":1},"
            + "\"completion_tokens\":7}}";
    var metered = new MeteredAnswer(hold, request(REQUEST), false);

    passed(metered, json, new Random(seed), seed == 0 ? 100_000 : 40);

    assertThat(hold.settled()).isEqualTo(new Consumption(12, 75, false));
  }

  @Test
  @DisplayName("M2 a JSON with a longer text than there can be is charged by an estimate")
  void doesNotKeepEndlessText() {
    var metered = new MeteredAnswer(hold, request(REQUEST), false);

    metered.pass(bytes("{\"choices\":[{\"message\":{\"content\":\"" + "x".repeat(1 << 21)));
    metered.pass(bytes("\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}"));
    metered.end();

    assertThat(hold.settled()).isEqualTo(new Consumption(132, 1_032, true));
  }

  @Test
  @DisplayName("M2 a JSON that breaks off is charged by what came of it")
  void breaksOffWithinJson() {
    var metered = new MeteredAnswer(hold, request(REQUEST), false);
    metered.pass(bytes("{\"choices\":[{\"message\":{\"content\":\"Hello"));

    metered.breakOff();

    // 40 bytes, a quarter of which may be tokens.
    assertThat(hold.settled()).isEqualTo(new Consumption(42, 132, true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("M3 an answer of which no byte came costs nothing, whole or not")
  void nothingCostsNothing(boolean whole) {
    var metered = new MeteredAnswer(hold, request(REQUEST), false);

    if (whole) {
      metered.end();
    } else {
      metered.breakOff();
    }

    assertThat(hold.isReleased()).isTrue();
  }

  @Test
  @DisplayName("M2 an event that never ends passes, and is charged by an estimate")
  void doesNotKeepEndlessEvents() {
    var metered = new MeteredAnswer(hold, request(REQUEST), true);
    var endless = "data: " + "x".repeat(1 << 20);

    assertThat(metered.pass(bytes(endless))).hasSize(endless.length());
    metered.breakOff();

    assertThat(hold.settled()).isEqualTo(new Consumption(132, 1_032, true));
  }

  @Test
  @DisplayName("M3 Anthropic's stream that breaks off before any text costs nothing")
  void breaksOffAfterMessageStart() {
    var metered = new MeteredAnswer(hold, request(REQUEST), true);
    metered.pass(bytes(MESSAGE_START));

    metered.breakOff();

    assertThat(hold.isReleased()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName(
      "M2 Anthropic's stream that ends early is charged by what it wrote, not by its start")
  void breaksOffWithinMessage(boolean seemsWhole) {
    var metered = new MeteredAnswer(hold, request(REQUEST), true);
    metered.pass(bytes(MESSAGE_START));
    metered.pass(bytes("data: {\"delta\":{\"type\":\"text_delta\",\"text\":\"12345678\"}}\n\n"));

    if (seemsWhole) {
      metered.end();
    } else {
      metered.breakOff();
    }

    assertThat(hold.settled()).isEqualTo(new Consumption(7, 25, true));
  }

  @Test
  @DisplayName("M3 an answer that breaks off before any output costs nothing")
  void breaksOffBeforeOutput() {
    var metered = new MeteredAnswer(hold, request(REQUEST), true);
    metered.pass(
        bytes("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"));

    metered.breakOff();

    assertThat(hold.isReleased()).isTrue();
  }

  @Test
  @DisplayName("M2 an answer that breaks off later is charged by an estimate")
  void breaksOffWithinOutput() {
    var metered = new MeteredAnswer(hold, request(REQUEST), true);
    metered.pass(bytes(FIRST));

    metered.breakOff();

    assertThat(hold.settled()).isEqualTo(new Consumption(34, 52, true));
  }

  private String passed(MeteredRequest request, String answer, Random cuts) {
    return passed(new MeteredAnswer(hold, request, true), answer, cuts, 40);
  }

  private static String passed(MeteredAnswer metered, String answer, Random cuts, int longest) {
    var passed = new ByteArrayOutputStream();
    var bytes = bytes(answer);
    for (int at = 0; at < bytes.length; ) {
      var end = Math.min(bytes.length, at + 1 + cuts.nextInt(longest));
      passed.writeBytes(metered.pass(Arrays.copyOfRange(bytes, at, end)));
      at = end;
    }
    passed.writeBytes(metered.end());
    return passed.toString(StandardCharsets.UTF_8);
  }

  private static MeteredRequest request(String json) {
    return MeteredRequest.read(bytes(json), PRICE, true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
