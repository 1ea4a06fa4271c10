package dev.codingplans.plugin.credit.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.settings.SettingsReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LadderTest {

  private static final Instant PAID = Instant.parse("2026-01-01T00:00:00Z");

  private final Ladder ladder = LadderSettings.read(new SettingsReader(Map.of())).ladder();

  @ParameterizedTest(name = "{0} after the first payment: {1}, {2}")
  @DisplayName("D2 the tier follows from tenure, to the microsecond")
  @CsvSource({
    "PT0S, none, 1.0",
    "PT167H59M59.999999S, none, 1.0",
    "P7D, week, 0.5",
    "PT168H0M0.000001S, week, 0.5",
    "PT719H59M59.999999S, week, 0.5",
    "P30D, month, 0.25",
    "PT720H0M0.000001S, month, 0.25",
    "P400D, month, 0.25",
    "PT-1S, none, 1.0"
  })
  void boundaries(Duration tenure, String tier, String multiplier) {
    var reached = ladder.tierAt(Optional.of(PAID), PAID.plus(tenure));

    assertThat(reached.name()).isEqualTo(tier);
    assertThat(reached.multiplier().toPlainString()).isEqualTo(multiplier);
  }

  @ParameterizedTest(name = "{0} after the first payment comes {1}")
  @DisplayName("D2 D5 what comes next is the step that tenure has not reached yet, if there is one")
  @CsvSource({"PT0S, week", "PT167H59M59.999999S, week", "P7D, month", "P30D, ''", "PT-1S, week"})
  void next(Duration tenure, String tier) {
    assertThat(ladder.nextTierAt(Optional.of(PAID), PAID.plus(tenure)).map(Tier::name).orElse(""))
        .isEqualTo(tier);
    assertThat(ladder.nextTierAt(Optional.empty(), PAID).map(Tier::name)).contains("week");
  }

  @Test
  @DisplayName("D2 who never paid has no discount, however long ago that was")
  void neverPaid() {
    assertThat(ladder.tierAt(Optional.empty(), Instant.MAX)).isEqualTo(Tier.NONE);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("D3 the discount applies to hours and models, never to machines")
  @CsvSource({"hero_os_hourly, 0.25", "llm, 0.25", "vm, 1.0"})
  void categories(String category, String multiplier) {
    assertThat(ladder.multiplierAt(category, Optional.of(PAID), PAID.plus(Duration.ofDays(30))))
        .hasToString(multiplier);
  }

  @ParameterizedTest(name = "{0} x {1} = {2}")
  @DisplayName("D3 the charge is the product, rounded up")
  @CsvSource({
    "0, 0.25, 0",
    "1, 0.25, 1",
    "4, 0.25, 1",
    "5, 0.25, 2",
    "3, 0.5, 2",
    "10000000000, 0.333333, 3333330000",
    "9007199254740993, 1.0, 9007199254740993",
    "9223372036854775807, 0.5, 4611686018427387904"
  })
  void charge(long listCost, BigDecimal multiplier, long charge) {
    assertThat(Ladder.charge(listCost, multiplier)).isEqualTo(charge);
  }

  @ParameterizedTest(name = "seed {0}")
  @DisplayName("D3 many small charges equal one large, within a microdollar a record")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void manySmallEqualOneLarge(long seed) {
    var random = new Random(seed);
    var multiplier = BigDecimal.valueOf(random.nextInt(1_000_001), 6);
    var records = 1 + random.nextInt(2_000);
    var total = 0L;
    var charged = 0L;
    for (int i = 0; i < records; i++) {
      var listCost = random.nextLong(1_000_000);
      total += listCost;
      charged += Ladder.charge(listCost, multiplier);
    }

    assertThat(charged - Ladder.charge(total, multiplier)).isBetween(0L, (long) records);
  }

  @Test
  @DisplayName("D6 an operator replaces tiers, and adds categories to those that are known")
  void configured() {
    var own =
        read(
            """
            {"categories": {"vm": {"discountable": true}, "storage": {"discountable": false}},
             "tiers": [{"name": "day", "afterDays": 1, "multiplier": "0.9"}]}""");

    assertThat(own.tierAt(Optional.of(PAID), PAID.plus(Duration.ofDays(40))).name())
        .isEqualTo("day");
    assertThat(own.multiplierAt("vm", Optional.of(PAID), PAID.plus(Duration.ofDays(1))))
        .hasToString("0.9");
    assertThat(own.knows("storage")).isTrue();
    assertThat(own.knows("llm")).isTrue();
  }

  @Test
  @DisplayName("D6 every fault of a ladder is listed with its JSON path")
  void faults() {
    var in =
        new SettingsReader(
            Map.of(
                "CODING_PLANS_LADDER",
                """
                {"categories": {"LLM": {"discountable": "yes"}},
                 "tiers": [{"name": "week", "afterDays": 7, "multiplier": 0.5},
                           {"name": "month", "afterDays": 30, "multiplier": "1.5"},
                           {"name": "none", "afterDays": 40, "multiplier": "0.1"},
                           {"name": "none", "afterDays": 40, "multiplier": "0.1", "colour": "red"}],
                 "extra": 1}"""));

    LadderSettings.read(in);

    assertThat(in.faults())
        .map(fault -> fault.substring(0, fault.indexOf(": ", fault.indexOf("$"))))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "CODING_PLANS_LADDER: $.extra",
                "CODING_PLANS_LADDER: $.categories.LLM",
                "CODING_PLANS_LADDER: $.categories.LLM.discountable",
                "CODING_PLANS_LADDER: $.tiers[0].multiplier",
                "CODING_PLANS_LADDER: $.tiers[1].multiplier",
                "CODING_PLANS_LADDER: $.tiers[2].name",
                "CODING_PLANS_LADDER: $.tiers[3].colour",
                "CODING_PLANS_LADDER: $.tiers[3].name",
                "CODING_PLANS_LADDER: $.tiers[3].name",
                "CODING_PLANS_LADDER: $.tiers[3].afterDays"));
  }

  private static Ladder read(String json) {
    var in = new SettingsReader(Map.of("CODING_PLANS_LADDER", json));
    var ladder = LadderSettings.read(in).ladder();
    assertThat(in.faults()).isEmpty();
    return ladder;
  }
}
