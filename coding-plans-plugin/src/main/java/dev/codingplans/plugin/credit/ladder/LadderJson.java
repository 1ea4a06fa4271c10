package dev.codingplans.plugin.credit.ladder;

import dev.codingplans.plugin.settings.JsonObject;
import dev.codingplans.plugin.settings.SettingsReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a ladder from JSON and notes every fault with its JSON path (D6). Categories add to those
 * that are known already, so that none that a record may name is lost; tiers replace them.
 */
final class LadderJson {

  static final Parts NOTHING = new Parts(List.of(), Map.of());

  private static final int MAX_TIERS = 100;
  private static final int MAX_DAYS = 36_600;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private final String setting;
  private final SettingsReader faults;
  private final Parts known;

  LadderJson(String setting, SettingsReader faults, Parts known) {
    this.setting = setting;
    this.faults = faults;
    this.known = known;
  }

  Parts read(String text) {
    return JsonObject.parse(setting, text, faults).map(this::ladder).orElse(known);
  }

  private Parts ladder(JsonObject in) {
    in.allow(List.of("categories", "tiers"));
    return new Parts(
        in.has("tiers") ? tiers(in) : known.tiers(),
        in.has("categories") ? categories(in) : known.categories());
  }

  private Map<String, Boolean> categories(JsonObject in) {
    var all = new TreeMap<>(known.categories());
    in.fields("categories")
        .forEach(
            (name, category) -> {
              requireName(category, name, "");
              category.allow(List.of("discountable"));
              category.truth("discountable").ifPresent(value -> all.put(name, value));
            });
    return all;
  }

  private static List<Tier> tiers(JsonObject in) {
    var tiers = new ArrayList<Tier>();
    var names = new HashSet<String>();
    var objects = in.objects("tiers");
    if (objects.size() > MAX_TIERS) {
      in.fault("tiers", "there are at most " + MAX_TIERS);
    }
    for (var object : objects) {
      tier(object).ifPresent(tier -> add(object, tier, tiers, names));
    }
    return tiers;
  }

  private static Optional<Tier> tier(JsonObject in) {
    in.allow(List.of("name", "afterDays", "multiplier"));
    var name = in.text("name");
    name.ifPresent(text -> requireName(in, text, "name"));
    var days = in.number("afterDays", 0, MAX_DAYS);
    var multiplier = in.decimalUpToOne("multiplier");
    return name.isEmpty() || days.isEmpty() || multiplier.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tier(name.get(), Duration.ofDays(days.get()), multiplier.get()));
  }

  private static void add(JsonObject in, Tier tier, List<Tier> tiers, Set<String> names) {
    if (!names.add(tier.name())) {
      in.fault("name", "another tier has the name " + tier.name());
    }
    if (!tiers.isEmpty() && tier.after().compareTo(tiers.getLast().after()) <= 0) {
      in.fault("afterDays", "it must be more than that of the tier before");
    }
    if (tier.name().equals(Tier.NO_NAME) && !isNoDiscount(tier)) {
      in.fault("name", "none is what everybody starts with: after 0 days, multiplied with 1");
    }
    tiers.add(tier);
  }

  private static boolean isNoDiscount(Tier tier) {
    return tier.after().isZero() && tier.multiplier().compareTo(BigDecimal.ONE) == 0;
  }

  private static void requireName(JsonObject in, String name, String field) {
    if (!NAME.matcher(name).matches()) {
      in.fault(field, "a name must match " + NAME.pattern());
    }
  }

  /** What a ladder is made of. */
  record Parts(List<Tier> tiers, Map<String, Boolean> categories) {

    Ladder toLadder() {
      return new Ladder(tiers, categories);
    }
  }
}
