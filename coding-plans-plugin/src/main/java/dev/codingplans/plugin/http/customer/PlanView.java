package dev.codingplans.plugin.http.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.SalesState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as customers see it: no stock count, nothing of credentials (C4). */
record PlanView(
    String id,
    String kind,
    @Nullable String providerId,
    @Nullable String providerName,
    String name,
    long priceMicrodollars,
    int periodDays,
    List<String> features,
    List<String> models,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer units,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String unit,
    SalesState salesState,
    String availability,
    boolean intentSaved) {

  static PlanView of(Plan plan, SalesState state, boolean inStock, boolean intentSaved) {
    return switch (plan) {
      case Plan.Credential p ->
          new PlanView(
              p.id().value(),
              "credential",
              p.providerId().value(),
              p.provider().name(),
              p.name(),
              p.priceMicrodollars(),
              p.periodDays(),
              p.features(),
              p.models(),
              null,
              null,
              state,
              inStock ? "available" : "sold_out",
              intentSaved);
      case Plan.Quota p ->
          new PlanView(
              p.id().value(),
              "quota",
              null,
              null,
              p.name(),
              p.priceMicrodollars(),
              p.periodDays(),
              p.features(),
              List.of(),
              p.units(),
              p.unit(),
              state,
              "available",
              intentSaved);
    };
  }
}
