package dev.codingplans.plugin.credential.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

  /** How keys stand in what operators paste. */
  private static final List<UnaryOperator<String>> FORMS =
      List.of(
          key -> "bearer " + key,
          key -> "Authorization: Bearer " + key,
          key -> "authorization=Basic " + key,
          key -> "BEARER:  " + key,
          key -> "api_key=" + key,
          key -> "x-api-key: " + key,
          key -> "API key : '" + key + "'",
          key -> "{\"apiKey\":\"" + key + "\"}",
          key -> "{\"api_key\": \"Bearer " + key + "\"}",
          key -> "access_token=" + key + "&x=1",
          key -> "https://provider/?secret=" + key,
          key -> "client_secret_id := " + key,
          key -> "password=" + key,
          key -> "sk-" + key,
          key -> "(sk-" + key + ")",
          key -> "KEY_SK-" + key,
          key -> "\"sk-cp-" + key + "\"");

  private static final List<String> WORDS =
      List.of(
          "the provider says",
          "400",
          "ask again,",
          "in May:",
          "=",
          "\"",
          "risk-free",
          "账号",
          "-",
          "::");

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("V2 a key is found wherever it stands, and cleaning twice changes nothing more")
  void findsKeys(long seed) {
    var random = new Random(seed);
    var key = key(random);
    var text =
        words(random)
            + " "
            + FORMS.get(random.nextInt(FORMS.size())).apply(key)
            + " "
            + words(random);

    var clean = Reason.of(text);

    assertThat(clean).as(text).contains("[redacted]").doesNotContain(key);
    assertThat(Reason.of(clean)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the provider's page does not load",
        "risk-free: the desk-bound clerk said no",
        "plan 4711 at https://platform.minimax.io/user-center/payment/token-plan is unknown",
        "bearer",
        "key rotated on 2026-11-20T12:00:00Z, ticket ABC-123",
        "供应商没有这个套餐。我们已经写信给他们的客户服务部门,但是到现在为止还没有收到任何答复",
        "sk-"
      })
  @DisplayName("V2 what is no key stays as it is")
  void leavesTheRest(String text) {
    assertThat(Reason.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "told bearer abc to go, told [redacted] to go",
    "api_key=abc is wrong, [redacted] is wrong",
    "sk-abc refused, [redacted] refused"
  })
  @DisplayName("V2 the words around a key stay")
  void keepsWords(String text, String clean) {
    assertThat(Reason.of(text)).isEqualTo(clean);
  }

  @Test
  @DisplayName("V2 a reason is kept to 300 characters, after its keys are out")
  void bounded() {
    assertThat(Reason.of("sk-a ".repeat(60)))
        .hasSize(Reason.MAX_LENGTH)
        .startsWith("[redacted] [redacted] ");
    assertThat(Reason.of("😀".repeat(301))).isEqualTo("😀".repeat(300));
    assertThat(Reason.of("a".repeat(1_000_000))).isEqualTo("[redacted]");
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static String key(Random random) {
    var letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    var key = new StringBuilder("q7");
    for (int i = random.nextInt(4, 60); i > 0; i--) {
      key.append(letters.charAt(random.nextInt(letters.length())));
    }
    return key.append('x').toString();
  }

  private static String words(Random random) {
    var words = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      words.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return words.toString();
  }
}
