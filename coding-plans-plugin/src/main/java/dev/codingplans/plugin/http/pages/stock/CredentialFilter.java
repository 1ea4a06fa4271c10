package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.refusal.Refusal;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which credentials a list shows. */
record CredentialFilter(Optional<PlanId> plan, Optional<CredentialStatus> status) {

  static CredentialFilter parse(@Nullable String planId, @Nullable String status) {
    return new CredentialFilter(
        given(planId).map(CredentialFilter::planOf), given(status).map(CredentialFilter::statusOf));
  }

  /** Returns the query of its list; empty or with its question mark. */
  String query() {
    var parts = parts().collect(Collectors.joining("&"));
    return parts.isEmpty() ? "" : "?" + parts;
  }

  String path() {
    return Deed.Place.CREDENTIALS.path() + query();
  }

  /** Returns the address of the next page. */
  String pathAfter(String cursor) {
    return Deed.Place.CREDENTIALS.path()
        + Stream.concat(parts(), Stream.of("cursor=" + cursor))
            .collect(Collectors.joining("&", "?", ""));
  }

  boolean isOf(String planId) {
    return plan.filter(chosen -> chosen.value().equals(planId)).isPresent();
  }

  boolean isOf(CredentialStatus other) {
    return status.filter(other::equals).isPresent();
  }

  private Stream<String> parts() {
    return Stream.concat(
        plan.map(one -> "planId=" + one).stream(),
        status.map(one -> "status=" + one.code()).stream());
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }

  private static PlanId planOf(String text) {
    if (!PlanId.isWellFormed(text)) {
      throw Refusal.invalid("planId", "there is no such plan");
    }
    return new PlanId(text);
  }

  private static CredentialStatus statusOf(String code) {
    return CredentialStatus.parse(code)
        .orElseThrow(() -> Refusal.invalid("status", "it is none that a credential can have"));
  }
}
