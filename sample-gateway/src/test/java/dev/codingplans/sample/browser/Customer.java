package dev.codingplans.sample.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A user, and what the user has done already when a test begins. */
public record Customer(String id, Api api, Operator operator) implements Person {

  /** A key of the user's own, which the simulated provider takes. */
  public static final String OWN_KEY = "sk-sim-own-canary-of-a-browser-test";

  @Override
  public String token() {
    return api.token();
  }

  public Customer withCredits(int dollars) {
    operator.credit(id, dollars, "a test");
    return this;
  }

  /** Brings an own key of the provider. */
  public Customer withOwnKey(boolean enabled) {
    api.put("/api/byok/minimax", Map.of("apiKey", OWN_KEY, "enabled", enabled));
    return this;
  }

  /** Subscribes with credit and a key that are there for it, and returns the subscription's id. */
  public String subscribe(TokenPlan plan) {
    operator.credit(id, plan.dollars(), "a test");
    operator.stock(plan, 1);
    return api.post("/api/subscriptions", Map.of("planId", plan.id())).get("id").asText();
  }

  /** Subscribes, and lets the plan end at the end of the period. */
  public String subscribeAndCancel(TokenPlan plan) {
    var subscription = subscribe(plan);
    api.post("/api/subscriptions/" + subscription + "/cancel");
    return subscription;
  }

  /** Subscribes, and cannot pay for the second period: 30 days go by for all. */
  public String subscribeAndFallDue(TokenPlan plan) {
    var subscription = subscribe(plan);
    operator.advance("P30D");
    operator.sweep();
    return subscription;
  }

  /** Subscribes, and the operator ends it. */
  public String subscribeAndLose(TokenPlan plan) {
    var subscription = subscribe(plan);
    operator.terminate(subscription);
    return subscription;
  }

  /** Buys a quota plan with credit that is there for it. */
  public Customer withAllowance(String plan, int dollars) {
    operator.credit(id, dollars, "a test");
    api.post("/api/quota-plans/" + plan + "/purchase");
    return this;
  }

  /** Takes a unit of an allowance, and returns the allocation's id. */
  public String takeUnit(String unit, String label) {
    return api.post("/api/quota/" + unit + "/allocations", Map.of("label", label))
        .get("id")
        .asText();
  }

  /** Asks to be told when the plan is there again. */
  public void waitFor(TokenPlan plan) {
    api.put("/api/plans/" + plan.id() + "/availability-intent", Map.of());
  }

  /** Makes an API key, and returns the answer with its secret. */
  public JsonNode makeKey(String name) {
    return api.post("/api/keys", Map.of("name", name));
  }

  /** Returns the user's subscriptions, also ended ones. */
  public JsonNode subscriptions() {
    return api.get("/api/subscriptions?includeEnded=true").get("items");
  }

  public long balanceMicrodollars() {
    return api.get("/api/credits").get("balanceMicrodollars").asLong();
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return id;
  }
}
