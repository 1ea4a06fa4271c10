package dev.codingplans.plugin.http.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codingplans.gateway.spi.usage.UsageRecord.Kind;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of what users have used. */
@Introspected
record UsageRequest(@NotNull @Size(max = MAX_RECORDS) @Valid List<@NotNull @Valid Item> records) {

  private static final int MAX_RECORDS = 10_000;

  /**
   * One of them.
   *
   * @param eventId stands for this one use, however often it is sent
   * @param appliesTo its category; {@code hero_os_hourly} if absent
   * @param amount how much was measured, up to nine decimals
   * @param listCostMicrodollars what it costs before any discount
   * @param occurredAt when it was used, ISO 8601 in UTC
   */
  @Introspected
  record Item(
      @NotNull
          @Pattern(
              regexp = "[!-~]{1,200}",
              message = "it must be 1 to 200 visible ASCII characters")
          String eventId,
      @NotNull String userId,
      @Nullable String appliesTo,
      @NotNull MeasuredKind kind,
      @NotNull @PositiveOrZero @Digits(integer = 18, fraction = 9) BigDecimal amount,
      @NotNull @PositiveOrZero Long listCostMicrodollars,
      @NotNull @Schema(format = "date-time") String occurredAt) {}

  /** What a use is measured in. */
  enum MeasuredKind {
    @JsonProperty("vm_hour")
    VM_HOUR(Kind.VM_HOUR),
    @JsonProperty("llm_token")
    LLM_TOKEN(Kind.LLM_TOKEN),
    @JsonProperty("hero_os_hour")
    HERO_OS_HOUR(Kind.HERO_OS_HOUR),
    @JsonProperty("other")
    OTHER(Kind.OTHER);

    private final Kind kind;

    MeasuredKind(Kind kind) {
      this.kind = kind;
    }

    Kind kind() {
      return kind;
    }
  }
}
