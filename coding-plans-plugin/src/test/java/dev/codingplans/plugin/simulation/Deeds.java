package dev.codingplans.plugin.simulation;

import static dev.codingplans.plugin.support.Reconciled.assertReconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What the people of a simulation do, each through some node, and what they are told. */
final class Deeds {

  private static final List<String> USERS =
      List.of("ann", "bob", "cid", "dot", "eve", "fay", "gus", "hal");
  private static final List<String> PLANS = List.of("plus", "max", "basic");
  private static final String ADMIN = "admin:root";

  /** A node that has just lost its connections may say so for a moment. */
  private static final int MOST_TRIES = 25;

  private final Random random;
  private final Supplier<TestPlugin> node;

  /** How often each user came back after deleting the account: with a newer token. */
  private final Map<String, Integer> lives = new HashMap<>();

  private int made;

  Deeds(Random random, Supplier<TestPlugin> node) {
    this.random = random;
    this.node = node;
  }

  /** Gives everybody something to live on, and fills the stock for a while. */
  String begin() {
    USERS.forEach(user -> expect(grant(user, "granted_credit", random.nextInt(20, 120)), 201));
    for (var plan : PLANS) {
      stock(plan);
      stock(plan);
    }
    return "everybody has credit, and there is stock";
  }

  String advance(Duration by) {
    expect(call("POST", "/admin/api/test-clock", ADMIN, "{\"advance\": \"" + by + "\"}"), 200);
    return "time went on by " + by;
  }

  String sweep() {
    var answer = call("POST", "/admin/api/billing/sweep", ADMIN, "");
    expect(answer, 200);
    assertThat(answer.json().get("errors").asLong()).as(answer.body()).isZero();
    return "sweep " + answer.body();
  }

  void reconcile() {
    assertReconciled(call("GET", "/admin/api/reconciliation", ADMIN, ""));
  }

  /** Lets somebody do something; returns what it was and what came of it. */
  String ofSomebody() {
    var user = USERS.get(random.nextInt(USERS.size()));
    var plan = PLANS.get(random.nextInt(PLANS.size()));
    var roll = random.nextInt(108);
    if (roll >= 100) {
      return quota(user, roll < 103);
    }
    if (roll < 22) {
      return credit(user);
    }
    if (roll < 48) {
      return buy(user, plan);
    }
    if (roll < 60) {
      return stock(plan);
    }
    if (roll < 68) {
      return change(user, "cancel");
    }
    if (roll < 75) {
      return change(user, "resume");
    }
    if (roll < 80) {
      return ownKey(user);
    }
    if (roll < 84) {
      return say(user, "DELETE", "/api/byok/minimax", "", 204, 404, 409);
    }
    if (roll < 88) {
      return say(user, "PUT", "/api/plans/" + plan + "/availability-intent", "", 200, 409);
    }
    if (roll < 90) {
      return operate(user, "terminate", "");
    }
    if (roll < 92) {
      return swap(user);
    }
    if (roll < 94) {
      return operate(user, "extend", "{\"days\": " + random.nextInt(1, 20) + "}");
    }
    if (roll < 97) {
      return correct(user);
    }
    return deleteAccount(user);
  }

  private String credit(String user) {
    var dollars = random.nextInt(1, 90);
    var answer = grant(user, "paid_credit", dollars);
    expect(answer, 201, 200);
    return user + " paid $" + dollars;
  }

  private String correct(String user) {
    var dollars = -random.nextInt(1, 30);
    var answer = grant(user, "adjustment", dollars);
    expect(answer, 201, 200, 402);
    return user + " was corrected by $" + dollars + ": " + answer.status();
  }

  private Answer grant(String user, String kind, int dollars) {
    return call(
        "POST",
        "/admin/api/users/" + user + "/credits",
        ADMIN,
        """
        {"amountMicrodollars": %d, "kind": "%s", "reason": "simulation"}"""
            .formatted(dollars * 1_000_000L, kind),
        "Idempotency-Key",
        "grant-" + made++);
  }

  /** Whoever is told that a plan was bought can use it on that node from then on. */
  private String buy(String user, String plan) {
    var through = node.get();
    var answer =
        repeat(
            () ->
                through.call(
                    "POST",
                    "/api/subscriptions",
                    token(user),
                    "{\"planId\": \"" + plan + "\"}",
                    "Idempotency-Key",
                    "buy-" + made));
    made++;
    expect(answer, 201, 200, 402, 409);
    if (answer.status() < 300 && !plan.equals("basic")) {
      assertThat(resolve(through, user)).isInstanceOf(PlanKey.class);
    }
    return user + " bought " + plan + ": " + outcome(answer);
  }

  private static Entitlement resolve(TestPlugin node, String user) {
    for (int i = 1; i < MOST_TRIES; i++) {
      try {
        return node.resolve(user);
      } catch (CompletionException noConnection) {
        // Says that it cannot tell, and is asked again.
      }
    }
    return node.resolve(user);
  }

  private String stock(String plan) {
    var lines = new ArrayList<String>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      lines.add("\"sk-" + plan + "-simulated-" + made++ + "::upstream\"");
    }
    var answer =
        call(
            "POST",
            "/admin/api/inventory/uploads",
            ADMIN,
            """
            {"providerId": "%s", "planId": "%s", "entries": %s, "mode": "partial", "dryRun": false}"""
                .formatted(plan.equals("basic") ? "acme" : "minimax", plan, lines));
    expect(answer, 202);
    // All through one node: how often it is looked at must not change what comes next.
    var uploads = new UploadCalls(node.get());
    uploads.end(answer);
    // Nobody can prove what the other provider's keys are.
    uploads.approveAll(plan);
    return lines.size() + " of " + plan + " arrived";
  }

  private String change(String user, String deed) {
    return newest(user)
        .map(id -> say(user, "POST", "/api/subscriptions/" + id + "/" + deed, "", 200, 409))
        .orElse(user + " has nothing to " + deed);
  }

  private String operate(String user, String deed, String body) {
    return newest(user)
        .map(
            id -> {
              // Not through repeat: an extension whose outcome is unknown is none to be repeated.
              var answer =
                  node.get()
                      .call("POST", "/admin/api/subscriptions/" + id + "/" + deed, ADMIN, body);
              expect(answer, 200, 409, 503);
              return "an admin: " + deed + " of " + user + ": " + outcome(answer);
            })
        .orElse(user + " has nothing to " + deed);
  }

  /** Once, however often it is repeated because nobody learnt how it went. */
  private String swap(String user) {
    return newest(user)
        .map(
            id -> {
              var path = "/admin/api/subscriptions/" + id + "/swap-credential";
              var answer = call("POST", path, ADMIN, "", "Idempotency-Key", "swap-" + made++);
              expect(answer, 200, 409);
              return "an admin: swap of " + user + ": " + outcome(answer);
            })
        .orElse(user + " has nothing to swap");
  }

  private String ownKey(String user) {
    return say(
        user,
        "PUT",
        "/api/byok/minimax",
        "{\"apiKey\": \"sk-own-" + user + "\", \"enabled\": " + random.nextBoolean() + "}",
        200,
        409);
  }

  private String quota(String user, boolean buy) {
    var path = buy ? "/api/quota-plans/vms/purchase" : "/api/quota/vm/allocations";
    var answer = call("POST", path, token(user), "", "Idempotency-Key", "quota-" + made++);
    expect(answer, 201, 200, 402, 409);
    return user + ": " + path + ": " + outcome(answer);
  }

  private String deleteAccount(String user) {
    var told = say(user, "DELETE", "/api/account", "", 204, 401);
    lives.merge(user, 1, Integer::sum);
    return told;
  }

  private Optional<String> newest(String user) {
    var answer = call("GET", "/api/subscriptions?includeEnded=true&limit=3", token(user), "");
    expect(answer, 200);
    var ids = answer.json().findValuesAsText("id");
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
  }

  private String say(String user, String method, String path, String body, Integer... expected) {
    var answer = call(method, path, token(user), body);
    expect(answer, expected);
    return user + ": " + method + " " + path + ": " + outcome(answer);
  }

  private Answer call(String method, String path, String caller, String body, String... headers) {
    return repeat(() -> node.get().call(method, path, caller, body, headers));
  }

  private static Answer repeat(Supplier<Answer> call) {
    var answer = call.get();
    for (int i = 1; answer.status() == 503 && i < MOST_TRIES; i++) {
      answer = call.get();
    }
    return answer;
  }

  private String token(String user) {
    var life = lives.getOrDefault(user, 0);
    return "user:" + user + ";iat=" + Instant.EPOCH.plus(Duration.ofDays(36_500L * life));
  }

  private static String outcome(Answer answer) {
    return answer.status() < 300 ? "done" : answer.code();
  }

  private static void expect(Answer answer, Integer... statuses) {
    assertThat(answer.status()).as(answer.body()).isIn(Set.of(statuses));
  }
}
