package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How a value of an answer is printed for a person. */
enum Cell {
  TEXT {
    @Override
    String of(JsonNode value) {
      return value.isValueNode() ? printable(value.asText()) : printable(value.toString());
    }
  },

  /** Microdollars as dollars, to the cent where that is exact. */
  DOLLARS {
    @Override
    String of(JsonNode value) {
      var dollars = BigDecimal.valueOf(value.asLong(), MICRO).stripTrailingZeros();
      return dollars
          .setScale(Math.max(dollars.scale(), CENTS), RoundingMode.UNNECESSARY)
          .toPlainString();
    }
  },

  /** How many there are. */
  COUNT {
    @Override
    String of(JsonNode value) {
      return Integer.toString(value.size());
    }
  };

  private static final String ABSENT = "-";
  private static final int MICRO = 6;
  private static final int CENTS = 2;

  /** Prints a value that is there. */
  abstract String of(JsonNode value);

  String print(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? ABSENT : of(value);
  }

  /** What moves the cursor or changes colours is none of what an answer may do to a terminal. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
