package dev.codingplans.sample.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPricesTest {

  @Test
  @DisplayName("without the setting the one model of the contract is sold")
  void hasADefault() {
    assertThat(ModelPrices.read(new SettingsReader(Map.of())).byModel())
        .containsExactly(
            Map.entry("minimax/MiniMax-M2", new ModelPrice(300_000, 1_200_000, 65_536)));
  }

  @Test
  @DisplayName("every fault of the prices is told with its place")
  void tellsEveryFault() {
    var in =
        reader(
            """
            {"MiniMax-M2": {"inputMicrodollarsPerMillionTokens": -1, "outputMicrodollarsPerMillionTokens": 1e309,
              "maxOutputTokens": 0, "currency": "EUR"},
             "minimax/a": {"inputMicrodollarsPerMillionTokens": 9223372036854775808,
              "outputMicrodollarsPerMillionTokens": "5", "maxOutputTokens": 1.5}}""");

    ModelPrices.read(in);

    assertThatThrownBy(in::refuseFaults)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            refused ->
                assertThat(refused.faults())
                    .extracting(fault -> fault.replace("GATEWAY_MODEL_PRICES ", ""))
                    .containsExactly(
                        "$['MiniMax-M2'] must be named <provider>/<model>.",
                        "$['MiniMax-M2'].currency is not known.",
                        "$['MiniMax-M2'].inputMicrodollarsPerMillionTokens must be a whole number from 0 to 10000000000.",
                        "$['MiniMax-M2'].outputMicrodollarsPerMillionTokens must be a whole number from 0 to 10000000000.",
                        "$['MiniMax-M2'].maxOutputTokens must be a whole number from 1 to 100000000.",
                        "$['minimax/a'].inputMicrodollarsPerMillionTokens must be a whole number from 0 to 10000000000.",
                        "$['minimax/a'].outputMicrodollarsPerMillionTokens must be a whole number from 0 to 10000000000.",
                        "$['minimax/a'].maxOutputTokens must be a whole number from 1 to 100000000."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "", "{} {}", "{\"a/b\":1,\"a/b\":2}", "file:/nowhere/at/all"})
  @DisplayName("what is no list of prices is a fault")
  void refusesOtherTexts(String text) {
    var in = reader(text);

    ModelPrices.read(in);

    assertThat(in.hasFaults()).isTrue();
  }

  @Test
  @DisplayName("a cost is exact, a fraction counts as a whole, and it never turns negative")
  void costsExactly() {
    var price = new ModelPrice(300_000, 1_200_000, 65_536);

    assertThat(price.cost(0, 0)).isZero();
    assertThat(price.cost(1, 0)).isEqualTo(1);
    assertThat(price.cost(10, 10)).isEqualTo(15);
    assertThat(price.cost(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  private static SettingsReader reader(String text) {
    return new SettingsReader(Map.of("GATEWAY_MODEL_PRICES", text));
  }
}
