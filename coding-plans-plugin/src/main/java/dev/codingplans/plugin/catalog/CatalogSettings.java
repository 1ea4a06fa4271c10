package dev.codingplans.plugin.catalog;

import dev.codingplans.plugin.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the catalog of an operator, or the built-in one, with the operator's prices (C2). */
public final class CatalogSettings {

  private static final String CATALOG = "CODING_PLANS_CATALOG";
  private static final String PRICE = "CODING_PLANS_PRICE_";

  private CatalogSettings() {}

  public static Catalog read(SettingsReader in) {
    var json = new CatalogJson(CATALOG, in);
    var catalog = json.read(in.textOrFile(CATALOG).orElseGet(CatalogSettings::builtIn));
    var prices = in.startingWith(PRICE);
    // Of a faulty catalog it is not known which plans it has.
    return in.hasFault(CATALOG) ? catalog : repriced(catalog, prices, in);
  }

  private static String builtIn() {
    try (var in =
        CatalogSettings.class.getResourceAsStream("/dev/codingplans/plugin/catalog.json")) {
      if (in == null) {
        throw new IllegalStateException("the built-in catalog is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Catalog repriced(Catalog catalog, Map<String, String> prices, SettingsReader in) {
    var unused = new HashSet<>(prices.keySet());
    List<Plan> plans = new ArrayList<>();
    for (Plan plan : catalog.planList()) {
      var name = plan.id().value().toUpperCase(Locale.ROOT).replace('-', '_');
      unused.remove(name);
      plans.add(repriced(plan, name, prices, in));
    }
    unused.stream().sorted().forEach(name -> in.fault(PRICE + name + ": there is no such plan."));
    return new Catalog(catalog.providerList(), List.copyOf(plans));
  }

  private static Plan repriced(
      Plan plan, String name, Map<String, String> prices, SettingsReader in) {
    var text = prices.get(name);
    if (text == null) {
      return plan;
    }
    if (!text.matches("[1-9]\\d{0,14}")) {
      in.fault(
          PRICE + name + ": it must be a positive number of microdollars, of at most 15 digits.");
      return plan;
    }
    var price = Long.parseLong(text);
    return switch (plan) {
      case Plan.Credential p ->
          new Plan.Credential(
              p.id(),
              p.provider(),
              p.name(),
              price,
              p.periodDays(),
              p.copy(),
              p.models(),
              p.upstreamTitles(),
              p.lowStock());
      case Plan.Quota p ->
          new Plan.Quota(p.id(), p.name(), price, p.periodDays(), p.copy(), p.unit(), p.units());
    };
  }
}
