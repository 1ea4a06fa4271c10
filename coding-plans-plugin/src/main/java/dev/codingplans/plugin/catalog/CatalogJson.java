package dev.codingplans.plugin.catalog;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.settings.JsonObject;
import dev.codingplans.plugin.settings.SettingsReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a catalog from JSON and notes every fault with its JSON path (C2). */
final class CatalogJson {

  private static final int DEFAULT_LOW_STOCK = 5;
  private static final int MAX_LOW_STOCK = 1_000_000;
  private static final int MAX_PERIOD_DAYS = 3_660;
  private static final int MAX_UNITS = 1_000_000;

  private static final List<String> CREDENTIAL_FIELDS =
      List.of(
          "id",
          "kind",
          "provider",
          "name",
          "priceMicrodollars",
          "periodDays",
          "features",
          "models",
          "upstreamTitles",
          "lowStock");
  private static final List<String> QUOTA_FIELDS =
      List.of("id", "kind", "name", "priceMicrodollars", "periodDays", "features", "unit", "units");

  private final String setting;
  private final SettingsReader faults;

  CatalogJson(String setting, SettingsReader faults) {
    this.setting = setting;
    this.faults = faults;
  }

  Catalog read(String text) {
    return JsonObject.parse(setting, text, faults).map(CatalogJson::catalog).orElse(Catalog.EMPTY);
  }

  private static Catalog catalog(JsonObject object) {
    object.allow(List.of("providers", "plans"));
    Map<ProviderId, Provider> providers = new HashMap<>();
    List<Provider> providerList = new ArrayList<>();
    for (JsonObject each : object.objects("providers")) {
      provider(each, providers).ifPresent(providerList::add);
    }
    Set<PlanId> ids = new HashSet<>();
    List<Plan> plans = new ArrayList<>();
    for (JsonObject each : object.objects("plans")) {
      plan(each, providers, ids).ifPresent(plans::add);
    }
    return new Catalog(List.copyOf(providerList), List.copyOf(plans));
  }

  private static Optional<Provider> provider(JsonObject in, Map<ProviderId, Provider> known) {
    in.allow(List.of("id", "name", "models"));
    var id = in.id("id").map(ProviderId::new);
    var name = in.text("name");
    var models = in.texts("models");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    // Known even without a name, which is no fault of its plans.
    var provider = new Provider(id.get(), name.orElse(""), models);
    if (known.putIfAbsent(id.get(), provider) != null) {
      in.fault("id", "another provider has the id " + id.get());
      return Optional.empty();
    }
    return Optional.of(provider);
  }

  private static Optional<? extends Plan> plan(
      JsonObject in, Map<ProviderId, Provider> providers, Set<PlanId> ids) {
    var id = in.id("id").map(PlanId::new);
    id.filter(i -> !ids.add(i)).ifPresent(i -> in.fault("id", "another plan has the id " + i));
    return switch (in.text("kind").orElse("")) {
      case "credential" -> credentialPlan(in, id, providers);
      case "quota" -> quotaPlan(in, id);
      case "" -> planOfNoKind(in);
      default -> {
        in.fault("kind", "it must be credential or quota");
        yield planOfNoKind(in);
      }
    };
  }

  /** Notes what would be wrong whatever the kind. */
  private static Optional<Plan> planOfNoKind(JsonObject in) {
    in.allow(Stream.concat(CREDENTIAL_FIELDS.stream(), QUOTA_FIELDS.stream()).toList());
    in.text("name");
    price(in);
    in.number("periodDays", 1, MAX_PERIOD_DAYS);
    in.texts("features");
    return Optional.empty();
  }

  private static Optional<Plan.Credential> credentialPlan(
      JsonObject in, Optional<PlanId> id, Map<ProviderId, Provider> providers) {
    in.allow(CREDENTIAL_FIELDS);
    var provider = in.id("provider").map(ProviderId::new);
    provider
        .filter(p -> !providers.containsKey(p))
        .ifPresent(p -> in.fault("provider", "there is no provider " + p));
    var name = in.text("name");
    var price = price(in);
    var days = in.number("periodDays", 1, MAX_PERIOD_DAYS);
    var features = in.texts("features");
    var models = in.texts("models");
    provider.ifPresent(p -> requireModelsOf(p, models, in));
    var titles = in.texts("upstreamTitles");
    var lowStock =
        in.has("lowStock")
            ? in.number("lowStock", 0, MAX_LOW_STOCK)
            : Optional.of((long) DEFAULT_LOW_STOCK);
    var known = provider.flatMap(p -> Optional.ofNullable(providers.get(p)));
    if (id.isEmpty()
        || known.isEmpty()
        || name.isEmpty()
        || price.isEmpty()
        || days.isEmpty()
        || lowStock.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Plan.Credential(
            id.get(),
            known.get(),
            name.get(),
            price.get(),
            days.get().intValue(),
            features,
            models.isEmpty() ? List.of(known.get().id() + "/*") : models,
            titles.isEmpty() ? defaultTitles(name.get()) : titles,
            lowStock.get().intValue()));
  }

  private static Optional<Plan.Quota> quotaPlan(JsonObject in, Optional<PlanId> id) {
    in.allow(QUOTA_FIELDS);
    var name = in.text("name");
    var price = price(in);
    var days = in.number("periodDays", 1, MAX_PERIOD_DAYS);
    var features = in.texts("features");
    var unit = in.id("unit");
    var units = in.number("units", 1, MAX_UNITS);
    if (id.isEmpty()
        || name.isEmpty()
        || price.isEmpty()
        || days.isEmpty()
        || unit.isEmpty()
        || units.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Plan.Quota(
            id.get(),
            name.get(),
            price.get(),
            days.get().intValue(),
            features,
            unit.get(),
            units.get().intValue()));
  }

  private static Optional<Long> price(JsonObject in) {
    return in.number("priceMicrodollars", 1, 999_999_999_999_999L);
  }

  private static void requireModelsOf(ProviderId provider, List<String> models, JsonObject in) {
    for (String model : models) {
      if (!model.startsWith(provider + "/") || model.length() == provider.value().length() + 1) {
        in.fault("models", "each must be " + provider + "/* or " + provider + "/<model>");
        return;
      }
    }
  }

  /** The tier word is the last of the name: "Plus" of "Token Plan Plus" (I4). */
  private static List<String> defaultTitles(String name) {
    var tier = name.strip().substring(name.strip().lastIndexOf(' ') + 1);
    return List.of(tier, "Token Plan " + tier);
  }
}
