package dev.codingplans.sample.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that pages show, so that none of them is empty: a customer with a plan, an allowance,
 * API keys, usage and a past, one with an own key, and an operator with work to do.
 */
record Town(Site site, Customer ada, String subscription, String upload, List<String> keys) {

  static Town settle(Site site) {
    var keys = new ArrayList<String>();
    var operator = site.operator();
    keys.addAll(operator.stock(TokenPlan.PLUS, 2));
    keys.addAll(operator.stock(TokenPlan.MAX, 6));

    var upload =
        operator.upload(
            TokenPlan.ULTRA, List.of("sk-sim-ultra-spare::a-1", "sk-sim-max-wrong::b-2", "sk::c"));
    site.customer().subscribeAndLose(TokenPlan.PLUS);
    site.customer().withOwnKey(true);
    var ada = site.customer().withCredits(170);
    ada.subscribeAndLose(TokenPlan.PLUS);
    var subscription = ada.subscribe(TokenPlan.MAX);
    ada.withAllowance("vm-5-monthly", 10);
    ada.takeUnit("vm", "build machine");
    ada.takeUnit("vm", "database");
    keys.add(ada.makeKey("laptop").get("secret").asText());
    use(site, ada);
    return new Town(site, ada, subscription, upload.get("id").asText(), keys);
  }

  private static void use(Site site, Customer customer) {
    var now = site.operator().now();
    var records = new ArrayList<Map<String, Object>>();
    for (int day = 0; day < 14; day++) {
      records.add(
          Map.of(
              "eventId",
              customer.id() + "-" + day,
              "userId",
              customer.id(),
              "appliesTo",
              day % 3 == 0 ? "hero_os_hourly" : "llm",
              "kind",
              day % 3 == 0 ? "hero_os_hour" : "llm_token",
              "amount",
              1000 + 100 * day,
              "listCostMicrodollars",
              100_000 + (day * 37 % 10) * 50_000,
              "occurredAt",
              now.minusSeconds(day * 80_000L).toString()));
    }
    site.operator().use(records);
  }

  Visit visit(Browsing browsing, Shown shown) {
    return switch (shown.viewer()) {
      case STRANGER -> browsing.asStranger(Look.DESKTOP);
      case CUSTOMER -> browsing.as(ada);
      case OPERATOR -> browsing.as(site.operator());
    };
  }

  String path(Shown shown) {
    return shown.path(subscription, upload);
  }

  /** Returns what no page may have in it. */
  String[] secrets() {
    var secrets = new ArrayList<>(keys);
    secrets.addAll(List.of(Customer.OWN_KEY, "sk-sim-", ada.token(), site.operator().token()));
    return secrets.toArray(String[]::new);
  }
}
